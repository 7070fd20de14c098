using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Door.Presence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using CloseReason = EdgeEnforcement.Mqtt.Sessions.CloseReason;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Door.Presence;

public sealed class PresencePumpTests
{
    [Fact]
    public async Task While_the_ledger_refuses_presence_coalesces_and_then_says_how_it_stands()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        PresenceInbox inbox = new();
        Appender ledger = new() { IsFull = true };
        PresenceParts parts = new(ActivatorUtilities.CreateInstance<PresenceMetrics>(services), time, NullLogger<PresencePump>.Instance);
        await using PresencePump pump = new(inbox, new PresenceBook(new PresenceOptions()), new NothingKnown(), ledger, parts);
        pump.Start();
        ulong version = 0;
        for (int i = 0; i < 50; i++)
        {
            inbox.Changed(new PresenceChange("d", ++version, IsOnline: true, null) { Gateway = "gw" });
            await pump.TickAsync();
            inbox.Changed(new PresenceChange("d", version, IsOnline: false, CloseReason.ConnectionLost) { Gateway = "gw" });
            await pump.TickAsync();
        }
        Assert.Empty(ledger.Taken);

        ledger.IsFull = false;
        await pump.TickAsync();

        Assert.Equal(2, ledger.Taken.Count); // what was offered first, and how it stands now
        Assert.Equal(
            [(PresenceState.Connected, 1UL, 0u), (PresenceState.Suspect, 50UL, 50u)],
            ledger.Taken.SelectMany(entry => entry.Changes).Select(change => (change.State, change.Version, change.Drops)));
    }

    [Fact]
    public void Setting_the_clock_makes_nobody_offline_and_keeps_nobody_connected()
    {
        JumpyTime time = new();
        SteadyClock clock = new(time);
        long began = clock.Read();

        time.Pass(TimeSpan.FromSeconds(1), wall: TimeSpan.FromHours(-1));
        Assert.Equal(500, clock.Read() - began);
        time.Pass(TimeSpan.FromSeconds(1), wall: TimeSpan.FromHours(3));
        Assert.Equal(2_500, clock.Read() - began);
    }

    private sealed class NothingKnown : IPresenceMemory
    {
        public PresenceMemory Remember() => new([], []);
    }

    private sealed class Appender : IMessageAppender
    {
        public bool IsFull { get; set; }

        public List<DevicePresence> Taken { get; } = [];

        public ValueTask AppendAsync(in MessageDraft draft, CancellationToken cancellation)
        {
            if (IsFull)
            {
                draft.Sink.Refused(draft.Token, new RefusalDetail(RefusalCode.Busy, "the disk is full"));
                return ValueTask.CompletedTask;
            }
            MessageDraft.WriteSequence(draft.Envelope.AsSpan(draft.SequenceOffset, MessageDraft.SequenceBytes), (ulong)Taken.Count + 1);
            Record record = Record.Parser.ParseFrom(SignedEnvelope.Parser.ParseFrom(draft.Envelope).Payload);
            Assert.Equal((ulong)Taken.Count + 1, record.Identity.Sequence);
            Taken.Add(record.DevicePresence);
            draft.Sink.Appended(draft.Token, new EntryIndex((ulong)Taken.Count));
            return ValueTask.CompletedTask;
        }
    }

    private sealed class JumpyTime : TimeProvider
    {
        private DateTimeOffset _wall = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _wall;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan really, TimeSpan wall)
        {
            _ticks += really.Ticks;
            _wall += wall;
        }
    }
}
