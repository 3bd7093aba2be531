package dev.redisaccess.emulator.http;

/**
 * Marks a refusal whose cause is that the emulator does not have what was asked for, while Azure may. The mark is a header,
 * so that the body stays what Azure answers to an unknown path; the request log and the program's log carry it too.
 */
public final class NotEmulated {

    /** The header's name. */
    public static final String HEADER = "x-emulator-refusal";

    /** The header's value, and the error code where the body is the emulator's own. */
    public static final String CODE = "NotEmulated";

    private NotEmulated() {}

    public static Response mark(Response response) {
        return response.with(HEADER, CODE);
    }

    static boolean marks(Response response) {
        return CODE.equals(response.headers().get(HEADER));
    }
}
