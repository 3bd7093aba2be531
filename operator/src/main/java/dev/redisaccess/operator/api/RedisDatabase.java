package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One Azure Managed Redis database that the platform team offers, and the namespaces that may bind to it. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind("RedisDatabase")
@Singular("redisdatabase")
@Plural("redisdatabases")
@ShortNames("redisdb")
@JsonClassDescription("One Azure Managed Redis database that the platform team offers, and the namespaces that may bind"
        + " to it with a RedisAccessBinding.")
@Categories("redisaccess")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ApiGroup.READY_STATUS,
        getDescription = "Whether Azure reports the database as running.")
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ApiGroup.READY_REASON,
        getDescription = "The reason of the condition Ready.")
@AdditionalPrinterColumn(
        name = "Host",
        jsonPath = ".status.endpoint.host",
        getDescription = "The host name that clients connect to.")
@AdditionalPrinterColumn(
        name = "Policy",
        jsonPath = ".status.clusteringPolicy",
        getDescription = "The clustering policy: which kind of client it requires.")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ApiGroup.CREATED,
        type = AdditionalPrinterColumn.Type.DATE,
        getDescription = "Since the object was created.")
@AdditionalPrinterColumn(
        name = "Access Keys",
        jsonPath = ".status.accessKeysAuthentication",
        priority = 1,
        getDescription = "Whether access keys still work in addition to Entra tokens.")
@AdditionalPrinterColumn(
        name = "Resource ID",
        jsonPath = ".spec.resourceId",
        priority = 1,
        getDescription = "The Azure resource ID.")
public final class RedisDatabase extends CustomResource<RedisDatabaseSpec, RedisDatabaseStatus> {

    private static final long serialVersionUID = 1L;

    @Override
    @Required
    @JsonPropertyDescription("The database in Azure, and the namespaces that may bind to it.")
    public RedisDatabaseSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What Azure reports about the database. Written by the operator.")
    public RedisDatabaseStatus getStatus() {
        return super.getStatus();
    }

    @Override
    protected RedisDatabaseSpec initSpec() {
        return null;
    }

    @Override
    protected RedisDatabaseStatus initStatus() {
        return null;
    }
}
