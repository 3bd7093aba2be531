package dev.redisaccess.emulator;

/** Starts the emulator. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("emulator");
    }
}
