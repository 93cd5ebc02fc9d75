package dev.mlstack.core.feature;

import java.util.List;

/**
 * A step that knows some texts and treats all others alike. So whoever reads texts for it need not
 * make one that it does not know.
 */
interface Lookup {

  /** Returns the texts that it knows, in ascending order. */
  List<String> known();
}
