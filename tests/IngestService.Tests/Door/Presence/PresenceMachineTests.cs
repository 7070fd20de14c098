using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Door.Presence;
using Kind = EdgeEnforcement.IngestService.Door.Presence.PresenceEventKind;
using Reason = EdgeEnforcement.Contracts.V1.PresenceReason;
using State = EdgeEnforcement.Contracts.V1.PresenceState;

namespace EdgeEnforcement.IngestService.Tests.Door.Presence;

/// <summary>Each state with each event, of an older, the same and a newer connection.</summary>
public sealed class PresenceMachineTests
{
    private const ulong Version = 5;
    private const long Then = 1_000;
    private const long At = 2_000;

    private static readonly Standing Connected = new(State.Connected, Reason.Unspecified, Version, Then);
    private static readonly Standing Suspect = new(State.Suspect, Reason.LinkLost, Version, Then);
    private static readonly Standing Restarted = new(State.Suspect, Reason.Restarted, 0, Then);
    private static readonly Standing Lost = new(State.Offline, Reason.LinkLost, Version, Then);
    private static readonly Standing Left = new(State.Offline, Reason.Left, Version, Then);

    // Per state: what each event of the same connection (version 5) makes of it. Dash: nothing.
    public static TheoryData<string, string, string> SameConnection => new()
    {
        { "connected", "came", "-" }, { "connected", "dropped", "suspect KeepAlive" }, { "connected", "left", "offline Left" },
        { "connected", "will", "-" }, { "connected", "grace", "-" }, { "connected", "restarted", "suspect Restarted 0" },

        { "suspect", "came", "-" }, { "suspect", "dropped", "-" }, { "suspect", "left", "offline Left" },
        { "suspect", "will", "as it was, Will" }, { "suspect", "grace", "offline then" }, { "suspect", "restarted", "suspect Restarted 0" },

        { "lost", "came", "-" }, { "lost", "dropped", "-" }, { "lost", "left", "-" },
        { "lost", "will", "as it was, Will" }, { "lost", "grace", "-" }, { "lost", "restarted", "version 0" },

        { "left", "came", "-" }, { "left", "dropped", "-" }, { "left", "left", "-" },
        { "left", "will", "-" }, { "left", "grace", "-" }, { "left", "restarted", "version 0" },
    };

    [Theory]
    [MemberData(nameof(SameConnection))]
    public void The_same_connection(string state, string what, string expected)
    {
        var now = Of(state);

        Assert.Equal(Expected(now, expected, Version), PresenceMachine.Next(now, EventOf(what, Version), At));
    }

    [Theory]
    [InlineData("came")]
    [InlineData("dropped")]
    [InlineData("left")]
    [InlineData("will")]
    [InlineData("grace")]
    public void An_older_connection_changes_nothing_in_any_state(string what)
    {
        foreach (var now in new[] { Connected, Suspect, Lost, Left })
            Assert.Equal(now, PresenceMachine.Next(now, EventOf(what, Version - 1), At));
    }

    [Theory]
    [InlineData("came", "connected")]
    [InlineData("dropped", "suspect KeepAlive")]
    [InlineData("left", "offline Left")]
    public void A_newer_connection_counts_in_every_state(string what, string expected)
    {
        foreach (var now in new[] { default, Connected, Suspect, Restarted, Lost, Left })
            Assert.Equal(Expected(now, expected, Version + 1), PresenceMachine.Next(now, EventOf(what, Version + 1), At));
    }

    [Fact]
    public void After_a_restart_any_connection_is_newer_and_the_restart_stays_the_reason()
    {
        Assert.Equal(new Standing(State.Connected, Reason.Unspecified, 1, At), PresenceMachine.Next(Restarted, new PresenceEvent(Kind.Came, 1), At));
        Assert.Equal(Restarted, PresenceMachine.Next(Restarted, new PresenceEvent(Kind.Will, 0), At));
        Assert.Equal(Restarted with { State = State.Offline }, PresenceMachine.Next(Restarted, new PresenceEvent(Kind.GraceOver, 0), At));
    }

    [Theory]
    [InlineData("came 1, came 2, dropped 1")]
    [InlineData("came 1, dropped 1, came 2")]
    [InlineData("came 1, came 2, left 1")]
    [InlineData("came 1, came 2, will 1, dropped 1, grace 1")]
    [InlineData("came 2, came 1, dropped 1")]
    public void A_take_over_never_ends_in_offline_whichever_word_comes_first(string words)
    {
        var now = default(Standing);
        foreach (var word in words.Split(", "))
            now = PresenceMachine.Next(now, EventOf(word.Split(' ')[0], ulong.Parse(word.Split(' ')[1])), At);

        Assert.Equal((State.Connected, 2UL), (now.State, now.Version));
    }

    private static Standing Of(string state) => state switch
    {
        "connected" => Connected, "suspect" => Suspect, "lost" => Lost, "left" => Left, _ => throw new ArgumentException(state),
    };

    private static PresenceEvent EventOf(string what, ulong version) => what switch
    {
        "came" => new PresenceEvent(Kind.Came, version),
        "dropped" => new PresenceEvent(Kind.Dropped, version, Reason.KeepAlive),
        "left" => new PresenceEvent(Kind.Left, version),
        "will" => new PresenceEvent(Kind.Will, version),
        "grace" => new PresenceEvent(Kind.GraceOver, version),
        "restarted" => new PresenceEvent(Kind.Restarted, 0),
        _ => throw new ArgumentException(what),
    };

    private static Standing Expected(Standing now, string expected, ulong version) => expected switch
    {
        "-" => now,
        "connected" => new Standing(State.Connected, Reason.Unspecified, version, At),
        "suspect KeepAlive" => new Standing(State.Suspect, Reason.KeepAlive, version, At),
        "suspect Restarted 0" => new Standing(State.Suspect, Reason.Restarted, 0, At),
        "offline Left" => new Standing(State.Offline, Reason.Left, version, At),
        "offline then" => now with { State = State.Offline }, // since the link went
        "as it was, Will" => now with { Reason = Reason.Will },
        "version 0" => now with { Version = 0 },
        _ => throw new ArgumentException(expected),
    };
}
