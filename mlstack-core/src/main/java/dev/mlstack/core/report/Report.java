package dev.mlstack.core.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One self-contained HTML page: a title, a sentence below it, and sections.
 *
 * <pre>{@code
 * Report.titled("Patients", "What came of today's training.")
 *     .section("Runs", new TableBlock(header, rows, best))
 *     .writeTo(directory.resolve("report.html"));
 * }</pre>
 *
 * <p>Immutable: each method that adds something returns a new report.
 */
public final class Report {

  private static final String STYLE = "report.css";

  private final String title;
  private final String subtitle;
  private final List<Section> sections;

  private record Section(String heading, List<Block> blocks) {}

  private Report(String title, String subtitle, List<Section> sections) {
    this.title = title;
    this.subtitle = subtitle;
    this.sections = List.copyOf(sections);
  }

  /** Returns a report without sections. */
  public static Report titled(String title, String subtitle) {
    return new Report(title, subtitle, List.of());
  }

  /** Returns this report with one more section. */
  public Report section(String heading, Block... blocks) {
    List<Section> more = new ArrayList<>(sections);
    more.add(new Section(heading, List.of(blocks)));
    return new Report(title, subtitle, more);
  }

  /** Returns the page. */
  public String toHtml() {
    Markup page = new Markup();
    page.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.element("title", title).open("style").raw(style()).close("style").close("head");
    page.open("body").open("header").element("h1", title).element("p", subtitle).close("header");
    page.open("main");
    for (Section section : sections) {
      page.open("section").element("h2", section.heading());
      section.blocks().forEach(block -> page.raw(block.toHtml()));
      page.close("section");
    }
    page.close("main").close("body").close("html");
    return page.toString();
  }

  /**
   * Writes the page to a file, replacing what was there.
   *
   * @throws IOException if the file cannot be written
   */
  public void writeTo(Path file) throws IOException {
    Files.writeString(file, toHtml());
  }

  private static String style() {
    try (InputStream in = Report.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IllegalStateException("the jar of mlstack-core lacks its resource " + STYLE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + STYLE + " from the jar of mlstack-core", e);
    }
  }
}
