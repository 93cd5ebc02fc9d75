package dev.mlstack.data.check;

/**
 * A rule that earlier data follows, for people to accept, change or leave out.
 *
 * @param rule the rule; it refuses or sets aside only what can hardly be chance
 * @param why what in the earlier data speaks for it, as one sentence without a full stop
 */
public record Proposal(Rule rule, String why) {

  /** Returns the rule and why. */
  @Override
  public String toString() {
    return rule + ": " + why;
  }
}
