package dev.redisaccess.operator.binding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in the name of an assignment which installation created it. So ownership is a fact in Azure: it survives a crash, a
 * lost answer, a status that was forged, lost or restored, and a second cluster that uses the same identity.
 *
 * @param digits 16 hexadecimal digits in lower case, derived from the installation's owner ID
 */
public record OwnerMark(String digits) {

    private static final int BYTES = 8;

    /** Between the object ID and the digits. */
    private static final String SEPARATOR = "k8s";

    private static final Pattern NAME = Pattern.compile(
            "(\\p{XDigit}{8})(\\p{XDigit}{4})(\\p{XDigit}{4})(\\p{XDigit}{4})(\\p{XDigit}{12})" + SEPARATOR
                    + "\\p{XDigit}{" + 2 * BYTES + "}",
            Pattern.CASE_INSENSITIVE);

    /** @throws IllegalArgumentException if it is not 16 hexadecimal digits in lower case */
    public OwnerMark {
        if (!digits.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
            throw new IllegalArgumentException("an owner mark is 16 hexadecimal digits in lower case");
        }
    }

    /** @param ownerId identifies the installation, any text: two installations must not share it */
    public static OwnerMark of(String ownerId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ownerId.getBytes(StandardCharsets.UTF_8));
            return new OwnerMark(HexFormat.of().formatHex(hash, 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * The name of the assignment that this installation creates for a principal: 51 letters and digits, within the pattern
     * of ARM, {@code ^[A-Za-z0-9]{1,60}$}.
     */
    public String assignmentName(ObjectId principal) {
        return principal.value().replace("-", "") + SEPARATOR + digits;
    }

    /**
     * The principal for which an installation, this one or another, would have given this name; empty: no installation gives
     * it. What has the name may be of another principal.
     */
    public static Optional<ObjectId> principalOf(String assignmentName) {
        return Optional.of(NAME.matcher(assignmentName))
                .filter(Matcher::matches)
                .flatMap(name -> ObjectId.parse(name.replaceFirst("$1-$2-$3-$4-$5")));
    }

    /** Whether this installation created an assignment: it has the name for its own principal. Names have no case in ARM. */
    public boolean isOn(Assignment assignment) {
        return assignment
                .objectId()
                .filter(principal -> assignment.name().equalsIgnoreCase(assignmentName(principal)))
                .isPresent();
    }

    /** The assignment that this installation created for a principal. */
    public Optional<Assignment> createdFor(ObjectId principal, Inventory inventory) {
        return inventory.named(assignmentName(principal)).filter(this::isOn);
    }

    @Override
    public String toString() {
        return digits;
    }
}
