using Disguise.Actors.Islands;

namespace Disguise.Actors.Tests.HashProgram;

internal static class Program
{
    /// <summary>Prints the run hash of a mesh: arguments are the seed and the threads.</summary>
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2 || !ulong.TryParse(arguments[0], out var seed)
            || !int.TryParse(arguments[1], out var threads) || threads < 1)
        {
            Console.Error.WriteLine("usage: HashProgram SEED THREADS");
            return 2;
        }

        var run = Mesh.Run(new EmulationOptions { Seed = seed, Threads = threads });
        Console.WriteLine(run.Hash);
        return 0;
    }
}
