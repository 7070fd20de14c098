using EdgeEnforcement.EdgeAgent.Sources.Hj212.Host;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// What is known of one MN while the agent runs. Gate covers Recent: to look a message up, store it and remember it is one step, over
/// all links that speak under this MN.
internal sealed class StationState(string mn, StationOptions? listed, Hj212Options limits) : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private CommandQueue? _newest;
    private RunningRecall? _recall;

    public string Mn { get; } = mn;

    /// Null: not on the list.
    public StationOptions? Listed { get; } = listed;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public RecentFrames Recent { get; } = new();

    public ClockEstimate Clock { get; } = new();

    public SplitHistory Split { get; } = new();

    public LastHeard Last { get; } = new();

    public FrameBudget Budget { get; } = new(limits.FramesPerSecond, limits.FramesAtOnce);

    public EventGate Connected { get; } = new(TimeSpan.FromMinutes(1));

    public EventGate Disconnected { get; } = new(TimeSpan.FromMinutes(1));

    public EventGate Identity { get; } = new(Hour);

    public EventGate ClockOff { get; } = new(TimeSpan.FromDays(1));

    public EventGate Flood { get; } = new(TimeSpan.FromMinutes(10));

    public EventGate SetUp { get; } = new(TimeSpan.FromDays(1));

    /// As its last message said it; requests speak the station's own version.
    public Hj212Version Version { get; set; } = Hj212Version.V2017;

    public string St { get; set; } = listed?.St ?? "32";

    public string Pw { get; set; } = listed?.Password ?? "";

    /// The link that spoke first under this MN last: requests and answers go there. Null: none.
    public CommandQueue? Newest => Volatile.Read(ref _newest);

    /// The last that was asked for; written by GapPump's loop.
    public RunningRecall? Recall
    {
        get => Volatile.Read(ref _recall);
        set => Volatile.Write(ref _recall, value);
    }

    public void Claim(CommandQueue link) => Volatile.Write(ref _newest, link);

    public bool ClaimIfFree(CommandQueue link) => Interlocked.CompareExchange(ref _newest, link, null) is null;

    public void Leave(CommandQueue link) => Interlocked.CompareExchange(ref _newest, null, link);

    public void Dispose() => Gate.Dispose();
}
