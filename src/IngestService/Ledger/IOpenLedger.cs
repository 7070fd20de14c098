namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>An opened ledger, live or read only: what the other modules see of it.</summary>
internal interface IOpenLedger : IAsyncDisposable
{
    ILedgerAppender Appender { get; }

    IFactAppender Facts { get; }

    IMessageAppender Messages { get; }

    IProducerMarks Marks { get; }

    ILedgerReader Reader { get; }

    IRecordPlaces Places { get; }

    ILedgerProofs Proofs { get; }

    /// <summary>Faults with the first cause when the shard stopped for good; else completes when it was closed.</summary>
    Task Completion { get; }

    int SegmentCount { get; }
}
