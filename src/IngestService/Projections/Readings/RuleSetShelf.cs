using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Rule sets by the entry that says they came into force, read from there and parsed once while they are in use. Thread-safe.</summary>
internal sealed class RuleSetShelf(ILedgerReader ledger)
{
    // A set of ten thousand rules is some ten megabytes as objects; a centre sees a few sets at a time.
    private const int Most = 8;

    private readonly Lock _lock = new();
    private readonly LinkedList<(ulong Entry, RuleSet? Rules)> _recent = new();

    /// <param name="entry">Of a RuleSetActivated.</param>
    /// <param name="isErased">Its content was lawfully deleted.</param>
    /// <returns>Null: erased, or not a rule set to this program.</returns>
    public RuleSet? Read(ulong entry, out bool isErased)
    {
        isErased = false;
        lock (_lock)
        {
            for (LinkedListNode<(ulong Entry, RuleSet? Rules)>? node = _recent.First; node is not null; node = node.Next)
            {
                if (node.Value.Entry != entry)
                    continue;
                _recent.Remove(node);
                _recent.AddFirst(node);
                return node.Value.Rules;
            }
        }

        LedgerEntry stored = ledger.Read(new EntryIndex(entry));
        isErased = stored.IsErased;
        if (isErased)
            return null;
        RuleSetActivated? activated = EntryDecoder.Decode(stored, type => type == Record.BodyOneofCase.RuleSetActivated).Record?.RuleSetActivated;
        RuleSet? rules = activated is null ? null : RuleSetParser.TryParse(activated.Content.Span, out _);
        lock (_lock)
        {
            _recent.AddFirst((entry, rules));
            if (_recent.Count > Most)
                _recent.RemoveLast();
        }
        return rules;
    }
}
