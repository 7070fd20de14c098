namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Measures a recorder's clock from its disk alone (mount mode).
internal sealed class RecorderClockReader(RecordingNameParser names)
{
    // From the recorder's writing of its time to our seeing the disk: it switches to USB disk, the system mounts it.
    private static readonly TimeSpan MountDelay = TimeSpan.FromSeconds(30);

    // A time is 14 digits; what else a recorder's disk may call its clock is not read into memory.
    private const int MostClockChars = 64;

    public ClockReading Measure(string bayPath, IReadOnlyList<DiskFile> files, DateTimeOffset now)
    {
        if (names.Profiles.ClockFile is { } profile && ReadClockFile(Path.Combine(bayPath, profile.Name), profile) is { } written)
            return new ClockReading(written - now + MountDelay / 2, MountDelay / 2, profile.Name);
        if (files.Count == 0)
            return new ClockReading(TimeSpan.Zero, TimeSpan.FromDays(1), "nothing to measure");

        // The newest file was closed at or before now by a right clock. In the future: the clock is at least that far ahead. In the
        // past: the recorder may have lain still for that long, or its clock may be behind by as much; both are inside the width.
        var newest = files.Max(f => f.ModifiedAt) - now;
        return newest > TimeSpan.Zero
            ? new ClockReading(newest, newest, "newest file")
            : new ClockReading(TimeSpan.Zero, newest.Negate(), "newest file");
    }

    private static DateTimeOffset? ReadClockFile(string path, ClockFileProfile profile)
    {
        try
        {
            if (!File.Exists(path))
                return null;
            using var reader = new StreamReader(path);
            var first = new char[MostClockChars];
            var line = new string(first, 0, reader.ReadBlock(first)).Split('\n')[0].Trim();
            return RecordingNameParser.ParseTime(line, profile.TimeFormat, TimeZoneInfo.FindSystemTimeZoneById(profile.TimeZone));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
