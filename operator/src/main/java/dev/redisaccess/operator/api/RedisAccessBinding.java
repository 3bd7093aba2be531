package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One workload identity's access to one database: granted, proved, published, and revoked with the object. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind("RedisAccessBinding")
@Singular("redisaccessbinding")
@Plural("redisaccessbindings")
@ShortNames("rab")
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
    @JsonPropertyDescription("What was granted, proved and published. Written by the operator.")
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
