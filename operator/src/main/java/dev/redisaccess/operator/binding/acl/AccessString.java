package dev.redisaccess.operator.binding.acl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * An access string: rules of {@code ACL SETUSER} for commands, keys and channels, without those that change the user itself. Two
 * are equal if they differ only in blanks and in the words for the same rule.
 *
 * @param text its rules, in one spelling, with one blank between them
 */
public record AccessString(String text) {

    /** Every command on every key, as Azure writes it. */
    public static final AccessString FULL = new AccessString("+@all ~*");

    /** How many patterns of keys are probed: each costs two commands at every verification. */
    private static final int MOST_PATTERNS = 8;

    private static final Set<String> OF_THE_USER = Set.of(
            "on", "off", "reset", "resetpass", "nopass", "clearselectors", "sanitize-payload", "skip-sanitize-payload");

    /** What a rule allows, selector by selector; the first one is what is outside of parentheses. */
    private record Parsed(List<Selector> selectors, List<String> words, Optional<String> flaw) {}

    /** What is wrong with a text, as the end of a sentence; empty: it is an access string. */
    public static Optional<String> flaw(String text) {
        return parse(text).flaw();
    }

    /** Of a text that has no {@link #flaw}; empty of another one. */
    public static Optional<AccessString> of(String text) {
        Parsed parsed = parse(text);
        return parsed.flaw().isPresent()
                ? Optional.empty()
                : Optional.of(new AccessString(
                        String.join(" ", parsed.words()).replace("( ", "(").replace(" )", ")")));
    }

    private static Parsed parse(String text) {
        List<Selector> selectors = new ArrayList<>(List.of(new Selector()));
        List<String> words = new ArrayList<>();
        Optional<String> flaw = text.chars().anyMatch(c -> c < ' ' || c == 0x7f)
                ? Optional.of("has a control character: rules are separated by blanks")
                : Optional.empty();
        boolean inside = false;
        for (String word : text.strip().split(" +")) {
            if (flaw.isPresent() || word.isEmpty()) {
                break;
            }
            boolean opens = word.startsWith("(");
            boolean closes = word.endsWith(")");
            String rule = word.substring(opens ? 1 : 0, word.length() - (closes ? 1 : 0));
            boolean unpaired = opens && inside || closes && !opens && !inside;
            if (unpaired || rule.contains("(") || rule.contains(")")) {
                flaw = Optional.of("has parentheses that are not in pairs, or not around a selector");
                break;
            }
            if (opens) {
                selectors.add(new Selector());
                inside = true;
            }
            if (!rule.isEmpty()) {
                Selector target = inside ? selectors.get(selectors.size() - 1) : selectors.get(0);
                flaw = ofUser(rule).or(() -> target.add(rule)).map(why -> "has the rule `" + rule + "`, which " + why);
            }
            words.add((opens ? "(" : "") + spelled(rule) + (closes ? ")" : ""));
            inside &= !closes;
        }
        boolean open = inside;
        flaw = flaw.or(() -> open ? Optional.of("has a selector without its closing parenthesis") : ofAll(selectors));
        return new Parsed(selectors, words, flaw);
    }

    private static Optional<String> ofUser(String rule) {
        boolean user = OF_THE_USER.contains(rule) || "><#!".indexOf(rule.charAt(0)) >= 0;
        return user ? Optional.of("must not be there, because it changes the user itself") : Optional.empty();
    }

    private static Optional<String> ofAll(List<Selector> selectors) {
        if (selectors.stream().allMatch(Selector::givesNothing)) {
            return Optional.of("allows no command");
        }
        return selectors.stream().allMatch(one -> one.givesNothing() || one.lacksKeys())
                ? Optional.of("allows commands on keys, and no key: add a pattern such as `~orders:*`")
                : Optional.empty();
    }

    private static String spelled(String rule) {
        return switch (rule) {
            case "allcommands" -> "+@all";
            case "nocommands" -> "-@all";
            case "allkeys" -> "~*";
            case "allchannels" -> "&*";
            default -> rule.startsWith("%WR~") ? "%RW~" + rule.substring(4) : rule;
        };
    }

    /** Whether it is every command on every key. */
    public boolean isFull() {
        return selectors().get(0).isEverything();
    }

    /** Whether it allows a command on a key. */
    public boolean allows(ProbeCommand command, String key) {
        return selectors().stream().anyMatch(selector -> selector.allows(command, key));
    }

    /** The text that every key begins with, if all patterns of keys are that text and a star. */
    public Optional<String> keyPrefix() {
        Set<Optional<String>> prefixes = selectors().stream()
                .flatMap(selector -> selector.keys().stream())
                .map(pattern -> pattern.glob().prefix())
                .collect(Collectors.toSet());
        return prefixes.size() == 1 ? prefixes.iterator().next() : Optional.empty();
    }

    /**
     * The probes that verify it: a read and a write of each pattern, the same outside of all patterns, and a write where it
     * allows none.
     *
     * @param random letters and digits that no key has
     */
    public List<Probe> probes(Supplier<String> random) {
        List<Probe> probes = new ArrayList<>();
        Set<ProbeCommand> used = new LinkedHashSet<>();
        Set<String> patterns = new LinkedHashSet<>();
        for (Selector selector : selectors()) {
            for (Selector.KeyPattern pattern : selector.keys()) {
                if (patterns.add(pattern.text()) && patterns.size() <= MOST_PATTERNS) {
                    pattern.glob().example(random).ifPresent(key -> inside(pattern.text(), key, probes, used));
                }
            }
        }
        outside(random).ifPresent(key -> outside(key, probes, used));
        return List.copyOf(probes);
    }

    /** What {@link #probes} do not cover, for people; empty if they cover everything that the rule is about. */
    public List<String> unprobed() {
        List<String> left = new ArrayList<>();
        List<Selector> all = selectors();
        long patterns = all.stream()
                .flatMap(selector -> selector.keys().stream())
                .map(Selector.KeyPattern::text)
                .distinct()
                .count();
        if (patterns > MOST_PATTERNS) {
            left.add("patterns of keys after the first " + MOST_PATTERNS);
        }
        if (all.stream()
                .anyMatch(one -> one.hasChannels()
                        || one.mentions("@pubsub", "publish", "subscribe", "psubscribe", "spublish", "ssubscribe"))) {
            left.add("channels");
        }
        if (all.stream()
                .anyMatch(one ->
                        one.mentions("@scripting", "eval", "evalsha", "eval_ro", "evalsha_ro", "fcall", "script"))) {
            left.add("scripts");
        }
        if (outside(() -> "0").isEmpty()) {
            left.add("keys outside of the patterns, because there are none");
        }
        return left;
    }

    private void inside(String pattern, String key, List<Probe> probes, Set<ProbeCommand> used) {
        String where = "on a key of `" + pattern + "`";
        Optional<ProbeCommand> read = first(false, key);
        Optional<ProbeCommand> write = first(true, key);
        read.ifPresent(command -> probes.add(new Probe(command, key, true, where)));
        probes.add(new Probe(write.orElse(ProbeCommand.SETRANGE), key, write.isPresent(), where));
        if (read.isEmpty() && write.isEmpty()) {
            probes.add(new Probe(ProbeCommand.EXISTS, key, false, where));
        }
        read.ifPresent(used::add);
        write.ifPresent(used::add);
    }

    private void outside(String key, List<Probe> probes, Set<ProbeCommand> used) {
        Set<ProbeCommand> denied = used.isEmpty() ? Set.of(ProbeCommand.EXISTS) : used;
        denied.forEach(command -> probes.add(new Probe(command, key, false, "on a key outside of all patterns")));
    }

    private Optional<ProbeCommand> first(boolean write, String key) {
        for (ProbeCommand command : ProbeCommand.values()) {
            if (command.isWrite() == write && allows(command, key)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** A key that no pattern matches, of two letters that few patterns begin with. */
    private Optional<String> outside(Supplier<String> random) {
        for (String start : List.of("zq-", "0:", "_", "Z")) {
            String key = start + random.get();
            if (selectors().stream()
                    .flatMap(selector -> selector.keys().stream())
                    .noneMatch(pattern -> pattern.glob().matches(key))) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private List<Selector> selectors() {
        return parse(text).selectors();
    }

    @Override
    public String toString() {
        return text;
    }
}
