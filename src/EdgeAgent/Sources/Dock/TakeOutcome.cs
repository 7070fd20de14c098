using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Media.Hashing;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// A file is in station custody (Entry set; New says whether it was just now), or why not.
internal sealed record TakeOutcome(CatalogEntry? Entry, bool New, CopyFault Fault, string Detail);
