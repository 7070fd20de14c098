using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Cases.Erasure;

/// <summary>Recordings of inspections among the files that are to go: while they are linked, the inspection's file rests on them.</summary>
internal sealed class RecordingHolds
{
    private readonly SortedSet<(ulong Manifest, string Inspection)> _linked = [];

    public void Take(InspectionActed acted, InspectionRecording recording)
    {
        if (acted.Act.Kind == InspectionActKind.LinkRecording)
            _linked.Add((recording.ManifestIndex, acted.InspectionId));
        else
            _linked.Remove((recording.ManifestIndex, acted.InspectionId));
    }

    /// <summary>Null when nothing stands in the way.</summary>
    public string? Hold() => _linked.Count == 0 ? null
        : $"legal hold: file {_linked.Min.Manifest} is a recording of inspection {_linked.Min.Inspection}; it is unlinked there first";
}
