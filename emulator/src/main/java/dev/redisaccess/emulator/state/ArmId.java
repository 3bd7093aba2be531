package dev.redisaccess.emulator.state;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The path of a resource or scope in Azure Resource Manager. Two of them are equal when they differ in case only; the case in
 * which it was first written is kept, as Azure does.
 *
 * @param text begins with {@code /}, has no trailing slash
 */
public record ArmId(String text) {

    public ArmId {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("must begin with /subscriptions/");
        }
        text = text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    public static ArmId subscription(String subscriptionId) {
        return new ArmId("/subscriptions/" + subscriptionId);
    }

    /** The last segment. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    public ArmId child(String type, String name) {
        return new ArmId(text + "/" + type + "/" + name);
    }

    /** Without the last type and name. */
    public ArmId parent() {
        String shorter = text.substring(0, text.lastIndexOf('/'));
        return new ArmId(shorter.substring(0, Math.max(1, shorter.lastIndexOf('/'))));
    }

    /** The subscription's id, when the path is in one. */
    public Optional<String> subscriptionId() {
        return after("subscriptions", 0);
    }

    /** The resource group's name, when the path is in one. */
    public Optional<String> resourceGroup() {
        return after("resourceGroups", 2);
    }

    /** The path of the resource group, when the path is in one. */
    public Optional<ArmId> resourceGroupId() {
        return resourceGroup()
                .map(group -> subscription(subscriptionId().orElseThrow()).child("resourceGroups", group));
    }

    /** Whether this is {@code other} or below it; everything is below {@code /}. */
    public boolean isWithin(ArmId other) {
        return equals(other) || key().startsWith(other.text.equals("/") ? "/" : other.key() + "/");
    }

    /** The new path of this, which is {@code from} or below it, after {@code from} was moved to {@code to}. */
    ArmId moved(ArmId from, ArmId to) {
        return new ArmId(to.text + text.substring(from.text.length()));
    }

    private Optional<String> after(String segment, int position) {
        List<String> segments =
                Arrays.stream(text.split("/")).filter(each -> !each.isEmpty()).toList();
        return segments.size() > position + 1 && segments.get(position).equalsIgnoreCase(segment)
                ? Optional.of(segments.get(position + 1))
                : Optional.empty();
    }

    private String key() {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArmId id && id.text.equalsIgnoreCase(text);
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
