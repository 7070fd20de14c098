namespace EdgeEnforcement.Testing;

/// <summary>
/// Data directories of a format version, as a service or a station of that version left them: committed once, opened ever after.
/// <c>EE_GOLDEN=1</c> makes the suites write the present version's anew into the source tree; a version that was released is never
/// written again. They hold no private keys.
/// </summary>
public static class GoldenFolder
{
    public static bool IsToBeMade => Environment.GetEnvironmentVariable("EE_GOLDEN") == "1";

    /// <param name="project">The test project's folder below tests/.</param>
    public static string PathOf(string project, string version) => Path.Combine(Root(), "tests", project, "Golden", version);

    public static void Copy(string source, string target, params IReadOnlyCollection<string> without)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(without.Contains))
                continue;
            var copy = Path.Combine(target, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? target);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private static string Root()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "EdgeEnforcement.sln")))
                return directory.FullName;
        throw new DirectoryNotFoundException("the tests run outside the repository");
    }
}
