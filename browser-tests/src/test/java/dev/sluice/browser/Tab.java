package dev.sluice.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the browser as a new reader has it, and what went wrong in it without being seen:
 * errors on its console, requests that leave its origin.
 */
final class Tab implements AutoCloseable {
    static final int WIDE = 1400;
    static final int NARROW = 420;
    private static final int HEIGHT = 900;

    private final BrowserContext context;
    private final Page page;
    private final String origin;
    private final List<String> errors = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();

    private Tab(BrowserContext context, String origin) {
        this.context = context;
        this.origin = origin;
        context.onConsoleMessage(this::heard);
        context.onWebError(error -> errors.add(error.error()));
        context.onRequest(request -> asked(request.url()));
        this.page = context.newPage();
    }

    static Tab in(Browser browser, String origin) {
        return new Tab(
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(WIDE, HEIGHT)
                                .setColorScheme(ColorScheme.LIGHT)
                                .setLocale("en-GB")
                                .setTimezoneId("UTC")
                                .setAcceptDownloads(true)),
                origin);
    }

    private void heard(ConsoleMessage message) {
        if (message.type().equals("error")) {
            errors.add(message.text() + " (" + message.location() + ")");
        }
    }

    private void asked(String url) {
        if (!url.startsWith(origin) && !url.startsWith("data:") && !url.startsWith("blob:")) {
            foreign.add(url);
        }
    }

    Page page() {
        return page;
    }

    /** Goes to a path of the server. */
    Tab open(String path) {
        page.navigate(origin + path);
        return this;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    void wide(boolean wide) {
        page.setViewportSize(wide ? WIDE : NARROW, HEIGHT);
    }

    void dark(boolean dark) {
        page.emulateMedia(
                new Page.EmulateMediaOptions()
                        .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
    }

    /** Into target/screenshots, the whole page. */
    void picture(String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(Path.of("target/screenshots", name + ".png"))
                        .setFullPage(true));
    }

    /** Of what is in sight. */
    void pictureOfTheWindow(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    /** Leaves out what a test provokes. */
    void expectErrors(String part) {
        errors.removeIf(error -> error.contains(part));
    }

    void hasNothingToComplainOf() {
        assertThat(errors).as("errors on the console").isEmpty();
        assertThat(foreign).as("requests to elsewhere").isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }
}
