package dev.redisaccess.kubectl;

/** The forms of a report. */
enum ReportFormat {
    table,
    csv,
    json,
    html
}
