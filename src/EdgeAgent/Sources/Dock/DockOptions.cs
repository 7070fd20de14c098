using System.ComponentModel.DataAnnotations;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

internal sealed class DockOptions
{
    public const string Section = "Dock";

    /// A file in the shape of samples/profiles/naming.json; empty means the embedded one.
    public string NamingProfiles { get; set; } = "";

    /// The zone of recorders' clocks where a profile says nothing (EXIF).
    [Required]
    [SetRemotely]
    public string RecorderTimeZone { get; set; } = "Asia/Shanghai";

    /// One second: a custodian who plugs in a recorder sees the bay react at once.
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    [SetRemotely]
    public TimeSpan ScanInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// How long a file without a readable end (an MP4 without 'moov', zero bytes) must stay unchanged before it is judged as it is.
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    [SetRemotely]
    public TimeSpan UnfinishedPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// How long a bay that has copied everything waits for receipts before it releases the recorder unanchored.
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    [SetRemotely]
    public TimeSpan AnchorPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// True: a recorder is released only after the ledger has answered for every file, however long that takes.
    [SetRemotely]
    public bool ReleaseNeedsAnchor { get; set; }

    /// SM3 beside SHA-256 in every manifest.
    [SetRemotely]
    public bool Sm3 { get; set; }

    [ValidateEnumeratedItems, MaxLength(256)]
    public IList<BayOptions> Bays { get; set; } = [];
}
