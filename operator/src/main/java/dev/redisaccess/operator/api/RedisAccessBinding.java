package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.crd.generator.annotation.Labels;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One workload identity's access to one database: granted, verified, published, and revoked with the object. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind("RedisAccessBinding")
@Singular("redisaccessbinding")
@Plural("redisaccessbindings")
@ShortNames("rab")
@JsonClassDescription("Access of one workload identity to one Azure Managed Redis database: granted in Azure,"
        + " verified by a login as that workload, published for its pods, and revoked with this object.")
@Categories("redisaccess")
@Labels("servicebinding.io/provisioned-service=true")
@AdditionalSelectableField(jsonPath = ".spec.databaseRef.name")
@AdditionalSelectableField(jsonPath = ".spec.serviceAccountName")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ApiGroup.READY_STATUS,
        getDescription = "Whether access is granted and verified, and the environment is published.")
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ApiGroup.READY_REASON,
        getDescription = "The reason of the condition Ready.")
@AdditionalPrinterColumn(
        name = "Database",
        jsonPath = ".spec.databaseRef.name",
        getDescription = "The RedisDatabase that is bound.")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ApiGroup.CREATED,
        type = AdditionalPrinterColumn.Type.DATE,
        getDescription = "Since the object was created.")
@AdditionalPrinterColumn(
        name = "Endpoint",
        jsonPath = ".status.endpoint.host",
        priority = 1,
        getDescription = "The host name that the workload connects to.")
@AdditionalPrinterColumn(
        name = "Client ID",
        jsonPath = ".status.identity.clientId",
        priority = 1,
        getDescription = "The client ID of the workload identity.")
@AdditionalPrinterColumn(
        name = "Service Account",
        jsonPath = ".spec.serviceAccountName",
        priority = 1,
        getDescription = "The ServiceAccount that gets access.")
public final class RedisAccessBinding extends CustomResource<RedisAccessBindingSpec, RedisAccessBindingStatus>
        implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    @Required
    @JsonPropertyDescription("Which workload identity gets access to which database.")
    public RedisAccessBindingSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What was granted, verified and published. Written by the operator.")
    public RedisAccessBindingStatus getStatus() {
        return super.getStatus();
    }

    @Override
    protected RedisAccessBindingSpec initSpec() {
        return null;
    }

    @Override
    protected RedisAccessBindingStatus initStatus() {
        return null;
    }
}
