namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>Takes the derived files of a seal off the sequencer's thread. May drop them: what is missing is rebuilt at the next start.</summary>
internal interface ISealedSegmentSink
{
    void Sealed(SealedSegment segment, ulong size, byte[] stateSnapshot);
}
