package dev.redisaccess.emulator.config;

import dev.redisaccess.emulator.state.ArmId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Validation of fields. Each method returns the value, so that canonical constructors read as a list. */
final class Check {

    private static final Pattern GUID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private Check() {}

    static <T> T given(String field, T value) {
        if (value == null || value instanceof String text && text.isBlank()) {
            throw new BadField(field, "must be given");
        }
        return value;
    }

    static String guid(String field, String value) {
        if (!GUID.matcher(given(field, value)).matches()) {
            throw new BadField(field, "must be a GUID");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    static int between(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new BadField(field, "must be " + least + " to " + most);
        }
        return value;
    }

    static String oneOf(String field, String value, String... allowed) {
        if (!List.of(allowed).contains(value)) {
            throw new BadField(field, "must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    static <T> List<T> list(List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }

    /** The id of a resource of that provider and type, in a resource group. */
    static ArmId resource(String field, String value, String type) {
        String shape = "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/" + Pattern.quote(type) + "/[^/]+";
        if (!Pattern.compile(shape, Pattern.CASE_INSENSITIVE)
                .matcher(given(field, value))
                .matches()) {
            throw new BadField(
                    field, "must be /subscriptions/<guid>/resourceGroups/<name>/providers/" + type + "/<name>");
        }
        ArmId id = new ArmId(value);
        guid(field, id.subscriptionId().orElse(""));
        return id;
    }
}
