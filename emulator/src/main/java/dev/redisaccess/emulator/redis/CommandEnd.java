package dev.redisaccess.emulator.redis;

/** Marks, between the bytes of commands that are not logins, where one is complete. */
enum CommandEnd {
    /** The command before this mark is complete. */
    HERE
}
