package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.AssignmentKind;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine;

/** The kinds of assignments as reports name them; on the command line in upper or lower case. */
final class KindNames implements Iterable<String>, CommandLine.ITypeConverter<AssignmentKind> {

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(AssignmentKind.values()).map(AssignmentKind::text).iterator();
    }

    @Override
    public AssignmentKind convert(String name) {
        return Arrays.stream(AssignmentKind.values())
                .filter(kind -> kind.text().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new CommandLine.TypeConversionException(
                        "'" + name + "' is none of " + String.join(", ", this)));
    }
}
