/**
 * The access review, pure: who has access to a database, through what, since when and why. {@link
 * dev.redisaccess.operator.binding.review.AccessClassifier} gives each assignment its kind, {@link
 * dev.redisaccess.operator.binding.review.ReportLayout} puts entries on pages, and {@link
 * dev.redisaccess.operator.binding.review.ExcessRevocation} decides what may be revoked.
 */
package dev.redisaccess.operator.binding.review;
