namespace Disguise.Host;

/// <summary>The <c>disguise</c> command.</summary>
public static class Program
{
    /// <summary>Runs one verb and returns its exit code.</summary>
    public static int Main(string[] arguments) => arguments.Length == 0 ? 0 : 2;
}
