package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A page of the list of everyone who has access to one database. Written by the operator only; it has no spec. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind("RedisAccessReport")
@Singular("redisaccessreport")
@Plural("redisaccessreports")
@ShortNames("rar")
@JsonClassDescription(
        "Who has access to an Azure Managed Redis database, through what, since when and why: a page of the list of"
                + " its access policy assignments. Written by the operator; edits are undone.")
@Categories("redisaccess")
@AdditionalSelectableField(jsonPath = ".report.database")
@AdditionalPrinterColumn(
        name = "Database",
        jsonPath = ".report.database",
        getDescription = "The RedisDatabase that this is about.")
@AdditionalPrinterColumn(
        name = "Page",
        jsonPath = ".report.page",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "The number of the page.")
@AdditionalPrinterColumn(
        name = "Pages",
        jsonPath = ".report.pages",
        type = AdditionalPrinterColumn.Type.INTEGER,
        getDescription = "How many pages the report has.")
@AdditionalPrinterColumn(
        name = "Incomplete Since",
        jsonPath = ".report.incompleteSince",
        getDescription = "Since when Azure could not be read completely.")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ApiGroup.CREATED,
        type = AdditionalPrinterColumn.Type.DATE,
        getDescription = "Since the page was created.")
public final class RedisAccessReport extends CustomResource<Void, Void> {

    private static final long serialVersionUID = 1L;

    private transient AccessReportPage report;

    @Required
    @JsonPropertyDescription("What the last review found.")
    public AccessReportPage getReport() {
        return report;
    }

    public void setReport(AccessReportPage report) {
        this.report = report;
    }
}
