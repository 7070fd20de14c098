using System.Text.Json;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// Which epoch this producer numbers in, and why. RolloverReason is set from the moment a new epoch is needed until it is open.
internal sealed record EpochState(string Producer, uint Epoch, uint PreviousEpoch, string Reason, string RolloverReason)
{
    public static EpochState? Load(IFileSystem files, string path) =>
        SealedFile.ReadDurable(files, path) is { } bytes ? JsonSerializer.Deserialize<EpochState>(bytes) : null;

    public void Save(IFileSystem files, string path) => SealedFile.Write(files, path, JsonSerializer.SerializeToUtf8Bytes(this));
}
