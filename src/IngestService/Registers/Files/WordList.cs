namespace EdgeEnforcement.IngestService.Registers.Files;

/// <summary>Values of an enum as files write them, in English and in Chinese.</summary>
internal sealed class WordList<T>(params (T Value, string English, string Chinese)[] words)
    where T : struct, Enum
{
    public T? Find(string text)
    {
        foreach ((T value, string english, string chinese) in words)
        {
            if (string.Equals(text, english, StringComparison.OrdinalIgnoreCase) || text == chinese)
                return value;
        }

        return null;
    }

    /// <summary>As exported; empty for a value without a word.</summary>
    public string English(T value) => words.FirstOrDefault(word => EqualityComparer<T>.Default.Equals(word.Value, value)).English ?? "";

    public override string ToString() => string.Join(", ", words.Select(word => $"{word.English} ({word.Chinese})"));
}
