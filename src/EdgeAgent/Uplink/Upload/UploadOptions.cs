using System.ComponentModel.DataAnnotations;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;

namespace EdgeEnforcement.EdgeAgent.Uplink.Upload;

internal sealed class UploadOptions
{
    public const string Section = "Upload";

    /// True: every file goes to the centre. False: those with a case number or the recorder's important mark; the rest stays at the
    /// station and is fetched on demand.
    [SetRemotely]
    public bool UploadAll { get; set; } = true;

    /// Two files at a time keep a line full while one of them waits for its flush.
    [Range(1, 16)]
    [SetRemotely]
    public int ParallelFiles { get; set; } = 2;
}
