package dev.sluice.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs in each state that a reader may meet, made once for all tests that only look.
 *
 * @param failed one job failed, those that needed it were not run
 * @param running six jobs run until the end of the module
 * @param unreadable its Snakefile is wrong
 * @param failedJob the key of the job that failed
 */
record Gallery(String failed, String running, String unreadable, String failedJob) {

    static Gallery hang(Served server, Workflows workflows, Chromium chromium) {
        workflows.openAll("plate-7");
        Path broken = workflows.counting("plate-7", true);
        String failed = server.submit(broken, "-c", "8", "-k");
        String unreadable = server.submit(workflows.unreadable("first-try"));
        String running =
                server.submit(workflows.counting("plate-8", false), "-c", "3", "--name", "plate 8");
        try (Tab tab = Tab.in(chromium.browser(), server.url())) {
            tab.open("/runs/" + running);
            assertThat(tab.find(".facts")).containsText("3 running");
            tab.open("/runs/" + unreadable);
            assertThat(tab.find(".diagnosis")).isVisible();
            tab.open("/runs/" + failed);
            assertThat(tab.find(".head-state")).hasText("failed");
            String address = tab.link("Open the job").getAttribute("href");
            String key = address.substring(address.lastIndexOf('/') + 1);
            return new Gallery(failed, running, unreadable, key);
        }
    }

    /** The address of every page and view, by a name for its picture. */
    Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        String run = "/runs/" + failed;
        pages.put("runs", "/");
        pages.put("runs-none", "/?q=nosuchrun");
        pages.put("submit", "/submit");
        pages.put("login", "/login");
        pages.put("run-graph", run);
        pages.put("run-jobs", run + "?view=jobs&job=" + failedJob);
        pages.put("run-gantt", run + "?view=gantt");
        pages.put("run-overview", run + "?view=overview&state=failed");
        pages.put("run-going-on", "/runs/" + running);
        pages.put("run-unreadable", "/runs/" + unreadable);
        pages.put("run-none", "/runs/20200101-000000-000");
        pages.put("job", run + "/jobs/" + failedJob);
        pages.put("engine-log", run + "/log");
        pages.put("files", run + "/files");
        return pages;
    }
}
