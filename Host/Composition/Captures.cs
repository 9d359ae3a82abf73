using Disguise.Hardware.Captures;
using Disguise.Host.Experiments;

namespace Disguise.Host.Composition;

/// <summary>Reads captures for replay; a mistake in one is bad input.</summary>
internal static class Captures
{
    private const int MostFrames = 10_000_000;

    public static Stream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentError(path, $"cannot be read: {cause.Message}");
        }
    }

    public static IReadOnlyList<CapturedFrame> Read(string path, Stream stream)
    {
        try
        {
            return CaptureReader.ReadAll(stream, MostFrames);
        }
        catch (CaptureFormatException cause)
        {
            throw new ExperimentError(path, cause.Message);
        }
    }
}
