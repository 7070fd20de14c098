using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Evidence.Tests;

/// <summary>Records for tests.</summary>
internal static class Records
{
    internal static Record Alert(ulong sequence = 7) => new()
    {
        Identity = new RecordIdentity { Producer = "dock-01", Epoch = 3, RecordClass = RecordClass.P0, Sequence = sequence },
        SourceDevice = "recorder-9",
        Sensitivity = Sensitivity.Internal,
        FieldAlert = new FieldAlert { EpisodeId = "00", Title = "采砂" },
    };

    internal static Record Manifest(string recorder, string file, Sha256Hash? previous)
    {
        var record = Alert();
        record.MediaManifest = new MediaManifest { Recorder = recorder, Dock = "dock-01", OriginalPath = file, SizeBytes = 5 };
        ManifestChain.Link(record.MediaManifest, previous);
        return record;
    }
}
