package dev.redisaccess.testbed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Databases, and bindings on them in turn: the n-th binding is on database n modulo their number. */
public final class Population {

    /** Enough to make the API server the limit, not this program. */
    private static final int APPLYING = 8;

    private static final String QUIET = "tenant-quiet";
    private static final Duration DATABASES = Duration.ofMinutes(5);

    private final Setup setup;
    private final Objects objects;
    private final Azure azure;
    private final ReadyTimes readyTimes;
    private final List<Bound> bound = new ArrayList<>();
    private final AtomicInteger made = new AtomicInteger();

    Population(Setup setup, Objects objects, Azure azure, ReadyTimes readyTimes) {
        this.setup = setup;
        this.objects = objects;
        this.azure = azure;
        this.readyTimes = readyTimes;
    }

    /** Adds the databases to Azure, and registers them. They become Ready when an operator runs. */
    public void registerDatabases() {
        List<String> names = new ArrayList<>(
                numbers(setup.databases()).stream().map(Population::database).toList());
        names.add(QUIET);
        inParallel(names, name -> {
            objects.namespace(name);
            objects.redisDatabase(name, azure.database(name), setup.resyncSeconds());
        });
    }

    public void awaitDatabases() {
        Waiting.of(DATABASES, Duration.ofMillis(100))
                .until("every RedisDatabase to be Ready", () -> objects.readyDatabases() == databases());
    }

    /** How many there are in all: one more than bindings are spread over, where nothing happens unless it is requested. */
    public int databases() {
        return setup.databases() + 1;
    }

    private static String database(int number) {
        return "tenant-" + number;
    }

    /** Makes the ServiceAccounts and identities of so many more bindings, and not the bindings. */
    public List<Bound> prepare(int count) {
        Bound[] prepared = new Bound[count];
        int first = made.getAndAdd(count);
        inParallel(numbers(count), number -> {
            int serial = first + number;
            prepared[number] = prepare(database(serial % setup.databases()), serial);
        });
        return List.of(prepared);
    }

    /** The same for one binding on the database where nothing else happens. */
    public Bound prepareQuiet() {
        return prepare(QUIET, made.getAndIncrement());
    }

    private Bound prepare(String tenant, int serial) {
        String name = "app-" + serial;
        Azure.Identity identity = azure.identity(tenant, name);
        objects.serviceAccount(tenant, name, identity.clientId());
        return new Bound(tenant, name, tenant, identity.objectId());
    }

    /** Applies a binding. Returns the moment just before. */
    public Instant bind(Bound one) {
        Instant before = Instant.now();
        objects.binding(one, setup.verificationSeconds());
        synchronized (bound) {
            bound.add(one);
        }
        return before;
    }

    /** Applies bindings as fast as the API server takes them. */
    public void bindAll(List<Bound> many) {
        inParallel(many, this::bind);
    }

    /** Deletes bindings as fast as the API server takes it, and does not wait until they are gone. */
    public void deleteAll(List<Bound> many) {
        inParallel(many, one -> {
            objects.deleteBinding(one);
            synchronized (bound) {
                bound.remove(one);
            }
        });
    }

    /** The present bindings. */
    public List<Bound> bound() {
        synchronized (bound) {
            return List.copyOf(bound);
        }
    }

    /** How many of them are Ready. */
    public long readyOf(List<Bound> many) {
        return many.stream().filter(one -> readyTimes.ready(one).isPresent()).count();
    }

    /** The condition of the first of them that is not Ready. */
    public String explain(List<Bound> many) {
        return many.stream()
                .filter(one -> readyTimes.ready(one).isEmpty())
                .findFirst()
                .map(one -> one.key() + " is " + objects.readiness(one))
                .orElse("all are Ready");
    }

    /** Causes a pass for every binding by an irrelevant change. */
    public void stir() {
        inParallel(numbers(setup.databases()), number -> objects.label(database(number)));
    }

    private static List<Integer> numbers(int count) {
        return java.util.stream.IntStream.range(0, count).boxed().toList();
    }

    /** Does many things at once, and the same to run several scenarios side by side. */
    public static <T> void inParallel(List<T> items, Consumer<T> action) {
        ExecutorService threads = Executors.newFixedThreadPool(APPLYING);
        try {
            List<Future<?>> results = new ArrayList<>();
            items.forEach(item -> results.add(threads.submit(() -> action.accept(item))));
            for (Future<?> result : results) {
                result.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedFailure("Interrupted.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
