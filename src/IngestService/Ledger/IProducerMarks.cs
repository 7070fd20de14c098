using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>What the sequencer knows of each producer's numbering.</summary>
internal interface IProducerMarks
{
    /// <summary>
    /// Confirms an epoch at hello: the current one, or (new epoch asked for, or producer unknown) one above the highest known.
    /// Null when <paramref name="epoch"/> is neither 0, the current one nor a permitted new one.
    /// </summary>
    uint? ConfirmEpoch(string producer, uint epoch, bool newEpoch);

    IReadOnlyList<SequenceMark> Marks(string producer, uint epoch);

    /// <summary>Missing sequences below the high-water marks, all classes of the current epoch.</summary>
    ulong GapCount(string producer);

    /// <summary>Version of a stream after the last appended entry; 0 when it does not exist.</summary>
    ulong StreamVersion(string stream);
}
