namespace Grpc.Core.Utils;

/// <summary>Whole streams at once.</summary>
public static class AsyncStreamExtensions
{
    /// <summary>Reads to the end and runs the action on each message.</summary>
    public static async Task ForEachAsync<T>(this IAsyncStreamReader<T> streamReader, Func<T, Task> asyncAction)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(asyncAction);
        await foreach (var message in streamReader.ReadAllAsync())
            await asyncAction(message);
    }

    /// <summary>Reads to the end.</summary>
    public static async Task<List<T>> ToListAsync<T>(this IAsyncStreamReader<T> streamReader)
        where T : class
    {
        var messages = new List<T>();
        await foreach (var message in streamReader.ReadAllAsync())
            messages.Add(message);
        return messages;
    }

    /// <summary>Writes all, and completes the stream unless told not to.</summary>
    public static async Task WriteAllAsync<T>(this IClientStreamWriter<T> streamWriter, IEnumerable<T> elements, bool complete = true)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamWriter);
        ArgumentNullException.ThrowIfNull(elements);
        foreach (var element in elements)
            await streamWriter.WriteAsync(element);
        if (complete)
            await streamWriter.CompleteAsync();
    }

    /// <summary>Writes all.</summary>
    public static async Task WriteAllAsync<T>(this IServerStreamWriter<T> streamWriter, IEnumerable<T> elements)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamWriter);
        ArgumentNullException.ThrowIfNull(elements);
        foreach (var element in elements)
            await streamWriter.WriteAsync(element);
    }
}
