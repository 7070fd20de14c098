namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// An invariant of the ledger is broken or a write has an unknown outcome. Sticky: the shard answers nothing more until the
/// process is started again and recovery has decided.
/// </summary>
internal sealed class LedgerFatalException : Exception
{
    public LedgerFatalException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}
