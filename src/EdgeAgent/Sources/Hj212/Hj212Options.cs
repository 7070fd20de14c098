using System.ComponentModel.DataAnnotations;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

/// Nothing listed under Listen, Connect and Serial: the source is off.
internal sealed class Hj212Options
{
    public const string Section = "Hj212";

    /// Addresses on which stations call us: "0.0.0.0:7512".
    [MaxLength(16)]
    public IList<string> Listen { get; set; } = [];

    /// Loggers and serial servers we call: "10.20.0.17:5000".
    [MaxLength(4096)]
    public IList<string> Connect { get; set; } = [];

    [ValidateEnumeratedItems, MaxLength(64)]
    public IList<SerialOptions> Serial { get; set; } = [];

    [ValidateEnumeratedItems, MaxLength(10_000)]
    [SetRemotely]
    public IList<StationOptions> Stations { get; set; } = [];

    [Range(1, 20_000)]
    [SetRemotely]
    public int MostLinks { get; set; } = 5000;

    /// Clause 6.3: 1024. Loggers that send more are in the field; four digits say at most 9999.
    [Range(256, 9999)]
    [SetRemotely]
    public int LongestDataBytes { get; set; } = 1024;

    /// A station that is not on the list is kept and reported either way; answered, it goes on with what it has next.
    [SetRemotely]
    public bool AnswerUnknown { get; set; } = true;

    /// Time, timeout and intervals at first connection, and the clock when the station asks or is found wrong. False: we only listen.
    [SetRemotely]
    public bool SetUpStations { get; set; } = true;

    /// What is missing after an outage is asked for.
    [SetRemotely]
    public bool RecallGaps { get; set; } = true;

    /// Clause 6.7: 10 s (5 s on ADSL), three resends. Told to stations (CN 1000) and kept by us.
    [Range(1, 99)]
    [SetRemotely]
    public int OverTimeSeconds { get; set; } = 10;

    [Range(1, 99)]
    [SetRemotely]
    public int ResendCount { get; set; } = 3;

    /// How long a request that was taken may go without a word before it counts as timed out.
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    [SetRemotely]
    public TimeSpan ExecutionPatience { get; set; } = TimeSpan.FromMinutes(1);

    /// How long packets of one message wait for the missing ones; below the stations' own timeout.
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    [SetRemotely]
    public TimeSpan PacketPatience { get; set; } = TimeSpan.FromSeconds(3);

    /// How long after its last packet a split message may lack others before that is told: longer than a station goes on resending one
    /// (clause 6.7: 10 s, three resends).
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    [SetRemotely]
    public TimeSpan MissingPacketPatience { get; set; } = TimeSpan.FromSeconds(45);

    /// Frames a second one station may send for long; above it waits. A logger that fills a gap sends some hundred in a row.
    [Range(1, 10_000)]
    [SetRemotely]
    public int FramesPerSecond { get; set; } = 50;

    [Range(1, 100_000)]
    [SetRemotely]
    public int FramesAtOnce { get; set; } = 500;

    /// How often gaps are looked for; one slice of one gap is asked for at most, per station, each time.
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    [SetRemotely]
    public TimeSpan GapInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// How long after its end a period may come by itself.
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    [SetRemotely]
    public TimeSpan GapGrace { get; set; } = TimeSpan.FromMinutes(5);

    /// How far back gaps are asked for; loggers keep at least a year, their lines do not bear it.
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    [SetRemotely]
    public TimeSpan RecallHorizon { get; set; } = TimeSpan.FromDays(7);

    /// How often alerts are looked at that want a sample kept (stations with KeepsSamples).
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    [SetRemotely]
    public TimeSpan SampleInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// How long after the end of the reading that opened the alert a sample still shows the same water.
    [Range(typeof(TimeSpan), "00:00:10", "06:00:00")]
    [SetRemotely]
    public TimeSpan SampleWorth { get; set; } = TimeSpan.FromMinutes(10);

    /// Records read back at start to know a station's resend again (it was stored, and killed before it was answered).
    [Range(0, 10_000_000)]
    [SetRemotely]
    public int RememberedRecords { get; set; } = 32_768;
}
