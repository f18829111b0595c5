package dev.sluice.app.rest;

import java.util.ArrayList;
import java.util.List;

/** The table of all that can be asked of the API, apart from streams. */
final class Operations {
    private static final List<String> NO_WORDS = List.of();
    private static final String RUN = "/runs/{run}";
    private static final String JOB = RUN + "/jobs/{job}";

    private final List<Operation> table = new ArrayList<>();

    private Operations() {}

    static List<Operation> of(RestParts parts) {
        var operations = new Operations();
        var guard = new Guard(parts.runs(), parts.access());
        var looking = new Looking(guard, parts.watches());
        var seats = new Seats(2, 5_000);
        var incoming = new Incoming(parts.runs(), parts.quota());
        operations.aboutServer(parts, guard, incoming, seats);
        operations.aboutRuns(parts, guard, looking, incoming);
        operations.aboutJobs(parts, guard, looking, seats);
        return List.copyOf(operations.table);
    }

    private void aboutServer(RestParts parts, Guard guard, Incoming incoming, Seats seats) {
        var submit = new SubmitResource(guard, parts.runs(), incoming);
        var plan = new PlanResource(guard, incoming, parts.engines(), seats);
        var runs = new RunsResource(parts.catalogue(), guard);
        get("/openapi.json", "describe", NO_WORDS, new OpenApiResource()::description);
        get("/runs", "listRuns", List.of("state", "owner", "q", "after", "limit"), runs::list);
        post("/runs", "submitRun", submit::submit);
        post("/plan", "planWorkflow", plan::plan);
    }

    private void aboutRuns(RestParts parts, Guard guard, Looking looking, Incoming incoming) {
        var run = new RunResource(guard, parts.runs(), parts.watches(), parts.clock());
        var steer = new SteerResource(parts.runs(), guard);
        var files = new FilesResource(guard, parts.runs(), incoming);
        var facts = new FactsResource(guard);
        var logs = new LogResource(looking, guard);
        get(RUN, "getRun", NO_WORDS, run::one);
        add("DELETE", RUN, "deleteRun", NO_WORDS, steer::delete);
        post(RUN + "/cancel", "cancelRun", steer::cancel);
        post(RUN + "/resume", "resumeRun", steer::resume);
        post(RUN + "/files", "replaceFiles", files::replace);
        get(RUN + "/rules", "listRules", NO_WORDS, new RulesResource(looking)::list);
        get(RUN + "/log", "readEngineLog", LogResource.WORDS, logs::ofEngine);
        get(RUN + "/facts", "listFacts", List.of("after", "limit"), facts::list);
    }

    private void aboutJobs(RestParts parts, Guard guard, Looking looking, Seats seats) {
        var graph = new GraphResource(looking, new GraphLayout());
        var job = new JobResource(looking, new HandedJobs(), parts.clock());
        var logs = new LogResource(looking, guard);
        var steer = new JobSteerResource(looking, guard, parts.runs());
        var explain = new ExplainResource(guard, parts.engines(), seats);
        get(RUN + "/graph", "drawRules", NO_WORDS, graph::rules);
        get(RUN + "/jobs", "listJobs", JobsResource.WORDS, new JobsResource(looking)::list);
        get(JOB, "getJob", NO_WORDS, job::one);
        get(JOB + "/neighbours", "drawNeighbours", List.of("hops"), graph::neighbours);
        get(
                JOB + "/attempts/{attempt}/log",
                "readLog",
                LogResource.WORDS_OF_ATTEMPTS,
                logs::ofAttempt);
        get(JOB + "/explain", "explainJob", NO_WORDS, explain::explain);
        post(JOB + "/retry", "retryJob", steer::retry);
        post(JOB + "/cancel", "cancelJob", steer::cancel);
    }

    private void get(String path, String id, List<String> words, Operation.Handler handler) {
        add("GET", path, id, words, handler);
    }

    private void post(String path, String id, Operation.Handler handler) {
        add("POST", path, id, NO_WORDS, handler);
    }

    private void add(
            String method, String path, String id, List<String> words, Operation.Handler handler) {
        table.add(new Operation(method, path, id, words, handler));
    }
}
