using EdgeEnforcement.Contracts.V1;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

/// <summary>What the fake service does wrong, and what it saw.</summary>
internal sealed class FakeCentreFaults
{
    private int _dropAfter = int.MaxValue;
    private int _cutUploadAfter = int.MaxValue;

    /// <summary>Refuses a record for good.</summary>
    public Func<Record, bool> Refuses { get; set; } = _ => false;

    /// <summary>Says "later" to a record.</summary>
    public Func<Record, bool> Postpones { get; set; } = _ => false;

    /// <summary>Sends receipts whose salt is not the one of the leaf.</summary>
    public bool WrongReceipts { get; set; }

    /// <summary>gRPC's Report answers UNAVAILABLE; everything else goes on.</summary>
    public bool ReportIsAway { get; set; }

    /// <summary>Gives this record a path that does not lead to the root.</summary>
    public Func<Record, bool> LiesAboutInclusion { get; set; } = _ => false;

    /// <summary>Makes another answer to Finish out of the true one.</summary>
    public Func<FinishAnswer, FinishAnswer> LiesAboutMedia { get; set; } = answer => answer;

    /// <summary>The lane whose records are not answered before <see cref="Released"/> is set.</summary>
    public string StalledLane { get; set; } = "";

    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>By the number of the call: this file was lawfully deleted, its upload is refused ERASED.</summary>
    public Func<int, bool> ErasesMedia { get; set; } = _ => false;

    /// <summary>Which entry is named as the newest configuration, to whoever asks; 0: none.</summary>
    public ulong Configuration { get; set; }

    /// <summary>How often that was asked.</summary>
    public int Asked;

    public int Begins;

    public int Finishes;

    public int Streams;

    public int Chunks;

    /// <summary>The report stream ends with UNAVAILABLE after so many answers, once.</summary>
    public void DropAfter(int answers) => _dropAfter = answers;

    /// <summary>The upload stream ends after so many chunks, once.</summary>
    public void CutUploadAfter(int chunks) => _cutUploadAfter = chunks;

    public bool DropsNow() => Interlocked.Decrement(ref _dropAfter) == 0;

    public bool CutsUploadNow() => Interlocked.Decrement(ref _cutUploadAfter) == 0;
}
