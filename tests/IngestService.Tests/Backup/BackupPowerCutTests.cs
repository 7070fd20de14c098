using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Backup;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Origins;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.IngestService.Tests.Ledger;
using EdgeEnforcement.Testing;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Backup;

/// <summary>The power goes at the n-th call of restore and of open-new-origin, for every n: no half of a ledger is ever taken for one.</summary>
public sealed class BackupPowerCutTests
{
    private const string NewName = "test.example/shard-2";

    private readonly LedgerFixture _fixture = new();
    private readonly LedgerPaths _restored = new("/restored");
    private readonly SigningKey _newKey = SigningKey.Create();

    private ShadowFileSystem Disk => _fixture.Disk;

    public static TheoryData<ShadowFault, CrashMode> Faults
    {
        get
        {
            var faults = new TheoryData<ShadowFault, CrashMode>
            {
                { ShadowFault.PowerOffAfterEffect, CrashMode.Drop },
                { ShadowFault.PowerOffBeforeEffect, CrashMode.KeepAll },
            };
            if (!LongForm.IsWanted)
                return faults;
            faults.Add(ShadowFault.PowerOffBeforeEffect, CrashMode.Drop);
            faults.Add(ShadowFault.PowerOffAfterEffect, CrashMode.Reorder);
            faults.Add(ShadowFault.PowerOffBeforeEffect, CrashMode.Tear);
            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Restore(ShadowFault fault, CrashMode mode)
    {
        await BackUpAsync();
        for (var call = 1; ; call++)
        {
            Disk.FailAt(call, fault);
            var ended = Try(() => RestoreOnce());
            if (!Disk.FaultReached)
            {
                Disk.ClearFault();
                Assert.True(ended);
                break;
            }
            Disk.Crash(mode, seed: call);

            // Either nothing came, or the marker says what it is; when it says "read only" everything is there.
            var state = RestoredMarker.Read(Disk, _restored);
            if (state == RestoredState.ReadOnly)
                AssertWhole(_fixture.Setting.Signer.VerifierKey);
            else if (state == RestoredState.Unfinished)
                Assert.Throws<LedgerFatalException>(() => DataIdentity.Read(Disk, _restored, LedgerOptions.DefaultOrigin));
            else
                Assert.DoesNotContain(Files(), file => !file.EndsWith(".tmp", StringComparison.Ordinal));
            Wipe();
        }
        AssertWhole(_fixture.Setting.Signer.VerifierKey);
        Assert.True(DataIdentity.Read(Disk, _restored, LedgerOptions.DefaultOrigin).IsReadOnly);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Open_new_origin(ShadowFault fault, CrashMode mode)
    {
        await BackUpAsync();
        for (var call = 1; ; call++)
        {
            RestoreOnce();
            Disk.FailAt(call, fault);
            var ended = await TryAsync(OpenOnceAsync);
            var reached = Disk.FaultReached;
            if (reached)
            {
                Disk.Crash(mode, seed: call);
                AssertNothingInBetween();
                // Run again as the message says; where it had ended already it says that the name is taken.
                if (RestoredMarker.Read(Disk, _restored) != RestoredState.None || Disk.Exists(_restored.OriginOpening))
                    await OpenOnceAsync();
            }
            else
            {
                Disk.ClearFault();
                Assert.True(ended);
            }
            await AssertGoesOnAsync();
            if (!reached)
                return;
            Wipe();
        }
    }

    /// After any crash the service starts read only, or finished, or says that opening did not end: never writable under the old name.
    private void AssertNothingInBetween()
    {
        try
        {
            var identity = DataIdentity.Read(Disk, _restored, LedgerOptions.DefaultOrigin);
            Assert.True(identity.IsReadOnly || identity.Name == NewName, $"writable under {identity.Name}");
        }
        catch (LedgerFatalException e)
        {
            Assert.Contains("did not end", e.Message, StringComparison.Ordinal);
        }
    }

    private async Task AssertGoesOnAsync()
    {
        var signer = new NoteSigner(NewName, _newKey);
        AssertWhole(signer.VerifierKey);
        var identity = DataIdentity.Read(Disk, _restored, LedgerOptions.DefaultOrigin);
        Assert.Equal((NewName, 2, false), (identity.Name, identity.Origins.Count, identity.IsReadOnly));
        var setting = _fixture.Setting;
        var core = LedgerCore.Open(new LedgerSetting
        {
            Files = Disk, Paths = identity.Paths, Options = setting.Options, Signer = signer, Time = setting.Time, Metrics = setting.Metrics,
            Log = setting.Log, NewLogId = setting.NewLogId,
        });
        await core.StartAsync(TestContext.Current.CancellationToken);
        var opened = Assert.Single(core.AllEntries(), e => e.Leaf.Type == Record.OriginOpenedFieldNumber);
        Assert.Equal(identity.Origins[1].FromSize, opened.Index.Value);
        Assert.Equal(ReceiptCode.Duplicate, (await core.ReceiptAsync(LedgerFixture.Request(1, padding: 900))).Code);
        Assert.Equal(ReceiptCode.Appended, (await core.ReceiptAsync(LedgerFixture.Request(31))).Code);
        await core.DisposeAsync();
        AssertWhole(signer.VerifierKey);
    }

    private async Task BackUpAsync()
    {
        _fixture.Options.SegmentBytes = 4096;
        LedgerOriginsFile.Write(EnsureRoot(), _fixture.Paths, [new LedgerOrigin(1, _fixture.Options.Origin, 0, _fixture.Setting.Signer.VerifierKey)]);
        var core = await _fixture.OpenAsync();
        await Task.WhenAll(Enumerable.Range(1, 12).Select(i => core.ReceiptAsync(LedgerFixture.Request((ulong)i, padding: 900))));
        byte[] footage = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];
        var hash = Sha256Hash.Of(footage);
        var place = BackupWorld.ObjectIn(_fixture.Paths.Data, hash);
        Disk.CreateDirectory(Path.GetDirectoryName(place)!);
        Disk.Place(place, footage);
        await core.FactAsync(new Record
        {
            MediaStored = new MediaStored { Sha256 = ByteString.CopyFrom(hash.ToArray()), SizeBytes = (ulong)footage.Length },
        }, LeafOrigin.Ledger);
        await core.DisposeAsync();
        new LedgerBackup(Disk, _fixture.Paths, "/backup", _fixture.Time, TextWriter.Null).Run(withMedia: true);
    }

    private ShadowFileSystem EnsureRoot()
    {
        Disk.CreateDirectory(_fixture.Paths.Data);
        Disk.CreateDirectory(_fixture.Paths.Root);
        return Disk;
    }

    private void RestoreOnce() => new LedgerRestore(Disk, "/backup", _restored, _fixture.Time, TextWriter.Null).Run();

    private Task OpenOnceAsync() =>
        new NewOrigin(Disk, _restored, _fixture.Setting.Metrics, _fixture.Time, TextWriter.Null)
            .RunAsync(new NewOrigin.Order(NewName, "test", "power cut"), _newKey, TestContext.Current.CancellationToken);

    private void AssertWhole(string verifierKey)
    {
        using var output = new StringWriter();
        Assert.True(VerifyCommand.Run(Disk, _restored, verifierKey, output) == ExitCode.Ok, output.ToString());
    }

    private static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return false; // the injected one, or what the verification made of it
        }
    }

    private static async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception e) when (e is IOException or LedgerFatalException or SegmentLog.SegmentLogFatalException)
        {
            return false; // the injected one, or what the ledger made of it
        }
    }

    private IEnumerable<string> Files() =>
        new[] { _restored.Data, _restored.Root, _restored.Segments, _restored.Public, _restored.Snapshots, Path.Combine(_restored.Public, "tile", "0") }
            .Concat(Enumerable.Range(0, 256).Select(b => Path.Combine(_restored.Data, "media", "objects", b.ToString("x2"))))
            .SelectMany(d => Disk.EnumerateFiles(d).Select(f => Path.Combine(d, f)));

    private void Wipe()
    {
        Disk.ClearFault();
        foreach (var file in Files().ToArray())
        {
            Disk.Delete(file);
            Disk.SyncDirectory(Path.GetDirectoryName(file)!);
        }
        foreach (var partials in new[] { "000.p" }.Select(p => Path.Combine(_restored.Public, "tile", "0", p)))
            foreach (var name in Disk.EnumerateFiles(partials))
            {
                Disk.Delete(Path.Combine(partials, name));
                Disk.SyncDirectory(partials);
            }
    }
}
