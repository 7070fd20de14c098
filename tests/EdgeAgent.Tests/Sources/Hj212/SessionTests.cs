using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>Parse, store, reply, over real sockets into a real spool.</summary>
public sealed class SessionTests
{
    private const string Cod = "DataTime=20261128150000;w01018-Avg=78.4,w01018-Flag=N";

    [Fact]
    public async Task What_is_answered_is_in_the_spool_with_its_frame()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();
        var frame = Vectors.Frame(station.Data(2061, Cod));

        await station.SendAsync(frame);
        var answer = await station.ReceiveAsync();

        Assert.Equal(("20261128160000000", "91", 9014, "123456", Hj212Fixture.Mn, "4", ""), (answer.Qn, answer.St, answer.Cn, answer.Pw, answer.Mn, answer.Flag, answer.Area));
        var record = Assert.Single(agent.Records(), r => r.BodyCase == Record.BodyOneofCase.ReadingBatch);
        var batch = record.ReadingBatch;
        Assert.Equal((RecordClass.P2, "hj212-2017"), (record.Identity.RecordClass, batch.Protocol));
        Assert.Equal(frame, batch.Raw.ToByteArray());
        Assert.Equal(SHA256.HashData(frame), batch.RawSha256.ToByteArray());
        Assert.Equal(SHA256.HashData(frame), Assert.Single(batch.Frames).Sha256.ToByteArray());
        var reading = Assert.Single(batch.Readings);
        Assert.Equal(("w01018", ReadingKind.Hour, 78.4, "g/L", "N"), (reading.Factor, reading.Kind, reading.Value, reading.Unit, reading.Quality));
        Assert.Equal(Hj212Fixture.Start, reading.PeriodEnd.ToDateTimeOffset());
        Assert.StartsWith("127.0.0.1:", batch.Frames[0].Remote);
    }

    [Fact]
    public async Task Who_wants_no_answer_gets_none_and_is_kept()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();

        await station.SendAsync(2061, Cod, flag: 4);
        await station.SendAsync(2061, "DataTime=20261128140000;w01018-Avg=1,w01018-Flag=N", "20261128160000001");

        Assert.Equal("20261128160000001", (await station.ReceiveAsync()).Qn);
        Assert.Equal(2, agent.Batches().Count);
    }

    [Fact]
    public async Task A_resend_is_answered_and_not_kept_twice()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();

        foreach (var qn in new[] { "20261128160000000", "20261128160000000", "20261128160010000" })
        {
            await station.SendAsync(2061, Cod, qn);
            Assert.Equal(9014, (await station.ReceiveAsync()).Cn);
        }
        await station.SendAsync(2061, Cod.Replace("78.4", "78.5", StringComparison.Ordinal));
        await station.ReceiveAsync();

        Assert.Equal([78.4, 78.5], agent.Batches().Select(b => b.Readings[0].Value));
    }

    [Fact]
    public async Task A_resend_after_a_restart_is_answered_and_not_kept_twice()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using (var station = await agent.ConnectAsync())
        {
            await station.SendAsync(2061, Cod);
            await station.SendAsync(3019, "w01018-SN=A1");
            await station.ReceiveAsync();
            await station.ReceiveAsync();
        }
        await agent.ReopenAsync();
        await using var again = await agent.ConnectAsync();

        await again.SendAsync(2061, Cod);
        await again.SendAsync(3019, "w01018-SN=A1");

        Assert.Equal(9014, (await again.ReceiveAsync()).Cn);
        Assert.Equal(9014, (await again.ReceiveAsync()).Cn);
        Assert.Single(agent.Batches());
        Assert.Single(agent.Events(DeviceEventKind.InstrumentReplaced));
    }

    [Fact]
    public async Task A_frame_with_a_wrong_check_sum_is_kept_unanswered_and_the_next_is_taken()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();
        var wrong = Vectors.Frame(station.Data(2061, Cod));
        wrong[40] ^= 1;

        await station.SendAsync([.. wrong, .. "noise"u8, .. Vectors.Frame(station.Data(2061, Cod, "20261128160000001"))]);

        Assert.Equal("20261128160000001", (await station.ReceiveAsync()).Qn);
        var malformed = Assert.Single(agent.Records(station.Mn).Concat(AllEvents(agent)), r => r.DeviceEvent?.Kind == DeviceEventKind.Malformed);
        Assert.Contains("wrong-crc", malformed.DeviceEvent.Detail);
        Assert.Equal(wrong, malformed.DeviceEvent.Raw.ToByteArray()[..wrong.Length]);
        Assert.Single(agent.Batches());
    }

    [Fact]
    public async Task A_line_that_only_makes_noise_costs_one_record_and_a_count()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using (var station = await agent.ConnectAsync())
        {
            for (var i = 0; i < 50; i++)
                await station.SendAsync([.. "noise"u8, .. Vectors.Frame(station.Data(9015, "", $"202611281600{i:D2}000", 9))]);
            for (var i = 0; i < 50; i++)
                Assert.Equal(9013, (await station.ReceiveAsync()).Cn);
        }

        await RunningAgent.UntilAsync(() => agent.Events(DeviceEventKind.Disconnected).Count == 1, "the link's end");
        Assert.Equal([1ul, 49ul], AllEvents(agent).Concat(agent.Records()).Where(r => r.DeviceEvent?.Kind == DeviceEventKind.Malformed).Select(r => r.DeviceEvent.Count).Order());
    }

    [Fact]
    public async Task Events_are_events_and_a_replaced_instrument_goes_first()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();

        await station.SendAsync(2021, "DataTime=20261128155857;SB1-RS=1;SB2-RS=0");
        await station.SendAsync(2081, "DataTime=20261128155857;RestartTime=20261128155800");
        await station.SendAsync(3019, "w01018-SN=A2");
        await station.SendAsync(3020, "DataTime=20261128155857;i11001-Info=//清洗管路//");
        for (var i = 0; i < 4; i++)
            Assert.Equal(9014, (await station.ReceiveAsync()).Cn);

        Assert.Equal("0", Assert.Single(agent.Events(DeviceEventKind.EquipmentState)).Fields["SB2-RS"]);
        Assert.Single(agent.Events(DeviceEventKind.Restarted));
        Assert.Equal("//清洗管路//", Assert.Single(agent.Events(DeviceEventKind.Log)).Fields["i11001-Info"]);
        var replaced = Assert.Single(agent.Records(), r => r.DeviceEvent?.Kind == DeviceEventKind.InstrumentReplaced);
        Assert.Equal(RecordClass.P0, replaced.Identity.RecordClass);
        Assert.Empty(agent.Batches());
    }

    [Fact]
    public async Task An_encrypted_frame_is_kept_raw_and_answered()
    {
        await using var agent = await Hj212Fixture.CreateAsync();
        await using var station = await agent.ConnectAsync();
        byte[] frame = [.. Convert.FromHexString(Vectors.EncryptedHex), .. "\r\n"u8];

        await station.SendAsync(frame);

        Assert.Equal((9014, "8"), (await station.ReceiveAsync() is var told ? (told.Cn, told.Flag) : default));
        var batch = Assert.Single(agent.Batches());
        Assert.Equal(frame, batch.Raw.ToByteArray());
        Assert.Empty(batch.Readings);
        Assert.Contains("encrypted", batch.Frames[0].Warnings);
    }

    [Fact]
    public async Task A_station_that_floods_waits_is_told_of_and_loses_nothing()
    {
        await using var agent = await Hj212Fixture.CreateAsync(settings: [("Hj212:FramesPerSecond", "2"), ("Hj212:FramesAtOnce", "3")]);
        await using var station = await agent.ConnectAsync();
        for (var i = 0; i < 10; i++)
            await station.SendAsync(2011, $"DataTime=202611281600{i:D2};w01018-Rtd={i},w01018-Flag=N", $"202611281600{i:D2}000");
        for (var i = 0; i < 3; i++)
            await station.ReceiveAsync();
        await RunningAgent.UntilAsync(() => agent.Events(DeviceEventKind.Flood).Count == 1, "the flood's event");
        Assert.Equal(3, agent.Batches().Count);

        var answered = 3;
        var last = Enumerable.Range(0, 7).Aggregate(Task.CompletedTask, (before, _) => AndThen(before));
        await RunningAgent.UntilAsync(
            () =>
            {
                agent.Time.Advance(TimeSpan.FromMilliseconds(100));
                return last.IsCompleted;
            },
            "the last answer");

        Assert.Equal(10, answered);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (double)i), agent.Batches().Select(b => b.Readings[0].Value));

        async Task AndThen(Task before)
        {
            await before;
            await station.ReceiveAsync();
            answered++;
        }
    }

    /// <summary>Events of links on which nobody had said who it is.</summary>
    private static IEnumerable<Record> AllEvents(Hj212Fixture agent) =>
        agent.Get<EdgeEnforcement.EdgeAgent.Spool.AgentSpool>().All.SelectMany(s => s.ReadFrom(1, int.MaxValue, long.MaxValue))
            .Select(r => EdgeEnforcement.Evidence.EnvelopeReader.TryRead(r.Envelope, out var opened) ? opened.Record! : throw new InvalidDataException())
            .Where(r => r.SourceDevice.StartsWith("127.0.0.1:", StringComparison.Ordinal));
}
