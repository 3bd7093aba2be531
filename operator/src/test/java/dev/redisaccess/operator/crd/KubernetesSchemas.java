package dev.redisaccess.operator.crd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.UncheckedIOException;

/**
 * The schemas of the two types that belong to Kubernetes: {@code metav1.Condition} and {@code metav1.LabelSelector}.
 * Patterns and lengths are those of {@code k8s.io/apimachinery/pkg/apis/meta/v1/types.go}.
 */
final class KubernetesSchemas {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final String CONDITION = """
            description: One link of the chain, and whether it holds.
            type: object
            required: [lastTransitionTime, message, reason, status, type]
            properties:
              lastTransitionTime:
                description: When the status last changed from one value to another.
                type: string
                format: date-time
              message:
                description: What was seen, and what to do.
                type: string
                maxLength: 32768
              observedGeneration:
                description: The generation of the spec that this condition is about.
                type: integer
                minimum: 0
              reason:
                description: Why the condition has its status, in one word. docs/troubleshooting.md explains each.
                type: string
                minLength: 1
                maxLength: 1024
                pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$'
              status:
                description: Whether it holds.
                type: string
                enum: ["True", "False", "Unknown"]
              type:
                description: Which link this is.
                type: string
                maxLength: 316
                pattern: '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$'
            """;

    private static final String LABEL_SELECTOR = """
            type: object
            properties:
              matchExpressions:
                description: Requirements that must all hold.
                type: array
                maxItems: 16
                x-kubernetes-list-type: atomic
                items:
                  description: A requirement on one label.
                  type: object
                  required: [key, operator]
                  properties:
                    key:
                      description: The key of the label.
                      type: string
                      minLength: 1
                      maxLength: 317
                    operator:
                      description: How the label relates to the values.
                      type: string
                      enum: [In, NotIn, Exists, DoesNotExist]
                    values:
                      description: The values, for In and NotIn only.
                      type: array
                      maxItems: 64
                      x-kubernetes-list-type: atomic
                      items: {type: string, maxLength: 63}
                  x-kubernetes-validations:
                  - rule: "(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)"
                    message: "`values` must be given for the operators `In` and `NotIn`, and for no other."
              matchLabels:
                description: Labels that must all be there with exactly these values.
                type: object
                maxProperties: 16
                additionalProperties: {type: string, maxLength: 63}
            """;

    private KubernetesSchemas() {}

    /** Replaces the bare items, and makes the list a map by type, so that each condition has an owner. */
    static void conditions(ObjectNode schema) {
        schema.set("items", read(CONDITION));
        schema.put("x-kubernetes-list-type", "map");
        schema.putArray("x-kubernetes-list-map-keys").add("type");
    }

    /** Replaces all but the description. */
    static void labelSelector(ObjectNode schema) {
        ObjectNode selector = read(LABEL_SELECTOR);
        selector.set("description", schema.get("description"));
        // The manager that applies a selector owns all of it: half of a selector admits more than either side intended.
        selector.put("x-kubernetes-map-type", "atomic");
        schema.removeAll().setAll(selector);
    }

    private static ObjectNode read(String yaml) {
        try {
            return (ObjectNode) YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
