using System.Collections.Concurrent;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// What is wrong with the station as a whole, by stable name; shown by `status` and on the terminal.
internal sealed class StationAlarms
{
    /// The ledger showed two histories: nothing is released or deleted until a person has decided.
    public const string LedgerForked = "LEDGER_FORKED";

    /// A receipt does not fit our own bytes.
    public const string ReceiptMismatch = "RECEIPT_MISMATCH";

    /// The centre answers under another origin, or with another key, than the pinned one: nothing is released until a custodian accepted it.
    public const string LedgerChanged = "LEDGER_CHANGED";

    /// The ledger keeps a record of ours aside (conflict, quarantine): what it says counts for nothing until a person has looked.
    public const string RecordKeptAside = "RECORD_KEPT_ASIDE";

    /// The station's disk is above its first watermark.
    public const string StationDisk = "STATION_DISK";

    /// The rule file is not what is in force: it was refused whole.
    public const string RulesRefused = "RULES_REFUSED";

    /// The newest remote configuration is not what runs: it was refused, or given up.
    public const string ConfigurationRefused = "CONFIGURATION_REFUSED";

    /// Registration was refused.
    public const string NotRegistered = "NOT_REGISTERED";

    private readonly ConcurrentDictionary<string, string> _raised = new(StringComparer.Ordinal);

    public bool Any(string name) => _raised.ContainsKey(name);

    public void Raise(string name, string detail) => _raised[name] = detail;

    public void Clear(string name) => _raised.TryRemove(name, out _);

    /// Evidence must not be given up while the ledger's word is in doubt.
    public bool ForbidRelease => Any(LedgerForked) || Any(LedgerChanged) || Any(ReceiptMismatch);

    public IReadOnlyDictionary<string, string> Raised => new SortedDictionary<string, string>(_raised, StringComparer.Ordinal);
}
