using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.Evidence;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Dock;

public sealed class BayTests : IAsyncLifetime
{
    private const string First = "DCIM/TA00716_000001_20261121153000.mp4";
    private const string Second = "DCIM/TA00716_000001_20261121154000_IMP.jpg";

    private StationFixture _station = null!; // InitializeAsync

    public async ValueTask InitializeAsync() => _station = await StationFixture.CreateAsync();

    public ValueTask DisposeAsync() => _station.DisposeAsync();

    [Fact]
    public async Task A_docked_recorder_ends_as_signed_chained_manifests_and_verified_copies()
    {
        _station.Put(1, Second, Footage.Jpeg);
        _station.Put(1, First, Footage.Mp4);

        await _station.ScanAsync(9);

        var manifests = _station.Manifests();
        Assert.Equal([First, Second], manifests.Select(m => m.OriginalPath));
        Assert.All(manifests, m => Assert.Equal(("TA00716", "dock-test", "000001"), (m.Recorder, m.Dock, m.Officer)));
        Assert.True(manifests[0].Baseline);
        Assert.Equal(("mp4", "h264"), (manifests[0].Container, manifests[0].Codec));
        Assert.Equal(MediaKind.Photo, manifests[1].Kind);
        Assert.True(manifests[1].Important);
        var entries = _station.Catalog.Where(_ => true).OrderBy(e => e.Key.Sequence).ToArray();
        Assert.Equal(entries[0].ManifestHash.ToArray(), manifests[1].PreviousManifestSha256.ToByteArray());
        Assert.All(entries, e => Assert.Equal(e.ContentHash, Sha256Hash.Of(File.ReadAllBytes(_station.Get<StationStore>().PathOf(e.ContentHash)))));
        Assert.Equal(2, _station.Custody(CustodyEventKind.StationCopied).Count);
        Assert.True(Assert.Single(_station.Custody(CustodyEventKind.RecorderReleased)).BeforeAnchor);
        Assert.Equal("released", _station.Bays[0].Snapshot.State);
        Assert.True(File.Exists(Path.Combine(_station.BayPath(1), First)), "the default policy is keep");
    }

    [Fact]
    public async Task A_file_is_not_taken_before_two_scans_show_it_unchanged()
    {
        _station.Put(1, First, Footage.Mp4);
        await _station.ScanAsync();
        Assert.Empty(_station.Manifests());

        _station.Put(1, First, Footage.Mp4, StationFixture.Start);
        await _station.ScanAsync();
        Assert.Empty(_station.Manifests());

        await _station.ScanAsync();
        Assert.Single(_station.Manifests());
    }

    [Fact]
    public async Task An_mp4_without_its_index_waits_and_is_taken_as_it_is_in_the_end()
    {
        _station.Put(1, First, Footage.Mp4[..600]);

        await _station.ScanAsync(5);
        Assert.Empty(_station.Manifests());

        await _station.ScanAsync(30);
        Assert.Single(_station.Manifests());
    }

    [Fact]
    public async Task An_empty_file_is_refused_by_name_and_holds_nothing_up()
    {
        _station.Put(1, First, []);
        _station.Put(1, Second, Footage.Jpeg);

        await _station.ScanAsync(40);

        var refused = Assert.Single(_station.Custody(CustodyEventKind.FileRefused));
        Assert.Equal((First, "zero bytes"), (refused.Paths[0], refused.Reason));
        Assert.Equal(Second, Assert.Single(_station.Manifests()).OriginalPath);
        Assert.Equal("released", _station.Bays[0].Snapshot.State);
    }

    [Fact]
    public async Task A_recorder_pulled_out_early_is_named_with_what_is_missing_and_goes_on_when_it_returns()
    {
        _station.Put(1, First, Footage.Mp4);
        await _station.ScanAsync(2);
        _station.Put(1, Second, Footage.Jpeg);
        await _station.ScanAsync();
        _station.PullOut(1);
        await _station.ScanAsync();

        Assert.Equal([Second], Assert.Single(_station.Custody(CustodyEventKind.RemovedEarly)).Paths);
        Assert.Equal("empty", _station.Bays[0].Snapshot.State);

        _station.Put(1, First, Footage.Mp4);
        _station.Put(1, Second, Footage.Jpeg);
        await _station.ScanAsync(9);
        Assert.Equal([First, Second], _station.Manifests().Select(m => m.OriginalPath));
    }

    [Fact]
    public async Task A_recorder_pulled_out_between_two_copies_of_one_scan_keeps_what_was_copied_and_names_the_rest()
    {
        _station.Put(1, First, Footage.Mp4);
        _station.Put(1, Second, Footage.Jpeg);
        await _station.ScanAsync();
        var pulled = false;
        using (_station.OnFileTaken(() =>
        {
            _station.PullOut(1);
            pulled = true;
        }))
            await _station.ScanAsync();
        Assert.True(pulled);
        Assert.Equal("reading", _station.Bays[0].Snapshot.State);

        await _station.ScanAsync();
        Assert.Equal([First], _station.Manifests().Select(m => m.OriginalPath));
        Assert.Equal([Second], Assert.Single(_station.Custody(CustodyEventKind.RemovedEarly)).Paths);
        Assert.Empty(_station.Custody(CustodyEventKind.RecorderReleased));

        _station.Put(1, First, Footage.Mp4);
        _station.Put(1, Second, Footage.Jpeg);
        await _station.ScanAsync(9);
        Assert.Equal([First, Second], _station.Manifests().Select(m => m.OriginalPath));
        Assert.Equal("released", _station.Bays[0].Snapshot.State);
    }

    [Fact]
    public async Task After_a_restart_nothing_is_doubled_even_without_the_shortcut()
    {
        _station.Put(1, First, Footage.Mp4);
        await _station.ScanAsync(3);

        await _station.ReopenAsync();
        File.SetLastWriteTimeUtc(Path.Combine(_station.BayPath(1), First), StationFixture.Start.UtcDateTime);
        await _station.ScanAsync(9);

        Assert.Single(_station.Manifests());
        Assert.Single(_station.Custody(CustodyEventKind.StationCopied));
        Assert.Equal("released", _station.Bays[0].Snapshot.State);
    }

    [Fact]
    public async Task Other_content_under_the_same_path_gets_its_own_manifest()
    {
        _station.Put(1, First, Footage.Mp4);
        await _station.ScanAsync(3);
        _station.Put(1, First, [.. Footage.Mp4, 0], StationFixture.Start);
        await _station.ScanAsync(40);

        Assert.Equal(2, _station.Manifests().Select(m => m.Digests[0].Value).Distinct().Count());
    }

    [Theory]
    [InlineData("IMG_0001.JPG", "unknown serial", "unknown@bay1")]
    [InlineData("0000000_000001_20261121153000.jpg", "default serial 0000000", "0000000")]
    public async Task An_unknown_or_default_serial_turns_the_bay_amber_and_the_files_are_kept(string name, string reason, string recorder)
    {
        _station.Put(1, name, Footage.Jpeg);

        await _station.ScanAsync(20);

        Assert.Equal(reason, Assert.Single(_station.Custody(CustodyEventKind.BayAmber)).Reason);
        Assert.Equal(recorder, Assert.Single(_station.Manifests()).Recorder);
        Assert.Empty(_station.Custody(CustodyEventKind.RecorderReleased));
        Assert.Equal("amber", _station.Bays[0].Snapshot.State);
    }

    [Fact]
    public async Task One_serial_in_two_bays_turns_both_amber()
    {
        _station.Put(1, First, Footage.Mp4);
        _station.Put(2, Second, Footage.Jpeg);

        await _station.ScanAsync(1, bay: 1);
        await _station.ScanAsync(1, bay: 2);
        await _station.ScanAsync(2, bay: 1);

        Assert.Equal([1u, 2u], _station.Custody(CustodyEventKind.BayAmber).Select(e => e.Bay).Order());
    }

    [Fact]
    public async Task A_name_known_to_no_profile_is_kept_with_what_the_container_says()
    {
        _station.Put(1, "recorder.json", """{"serial":"TZ99999","officer":"000777","case_number":"渝北罚〔2026〕17号"}"""u8.ToArray());
        _station.Put(1, "clip.mp4", Footage.Mp4);

        await _station.ScanAsync(3);

        var manifest = Assert.Single(_station.Manifests());
        Assert.Equal(("", "mp4", "TZ99999", "000777"), (manifest.NameProfile, manifest.Container, manifest.Recorder, manifest.Officer));
        Assert.Equal("渝北罚〔2026〕17号", manifest.CaseNumber);
    }

    // A name is a hint from outside: no digits in it may stop the bay, or the other files in it.
    [Theory]
    [InlineData("00010101000000")]
    [InlineData("99991231235959")]
    public async Task A_name_at_the_end_of_the_calendar_stops_nothing(string time)
    {
        _station.Put(1, $"TA00716_000001_{time}.mp4", Footage.Mp4);
        _station.Put(1, "TA00716_000001_20200101000000.jpg", Footage.Jpeg);

        await _station.ScanAsync(3);

        Assert.Equal(2, _station.Manifests().Count);
        Assert.All(_station.Manifests(), manifest => Assert.Equal("TA00716", manifest.Recorder));
    }

    [Fact]
    public async Task A_clock_years_off_is_measured_marked_and_kept()
    {
        _station.Put(1, "clock.txt", "20200101000000"u8.ToArray());
        _station.Put(1, "TA00716_000001_20200101000000.jpg", Footage.Jpeg);

        await _station.ScanAsync(3);

        var manifest = Assert.Single(_station.Manifests());
        Assert.True(manifest.Capture.ClockImplausible);
        Assert.True(manifest.Capture.ClockOffset.ToTimeSpan() < TimeSpan.FromDays(-2000));
        Assert.Equal("clock.txt", Assert.Single(_station.Custody(CustodyEventKind.ClockMeasured)).Reason);
    }
}
