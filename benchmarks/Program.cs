using Disguise.Benchmarks.Runtime;

namespace Disguise.Benchmarks;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments[0])
        {
            case "ring":
                for (var round = 0; round < 3; round++)
                    Console.WriteLine($"ring {Ring.Run(1_000, 100, 2) / 1e6:0.00} M events/s");
                return 0;
            case "phold":
                foreach (var count in new[] { 1_024, 16_384, 131_072 })
                {
                    foreach (var threads in new[] { 1, 2 })
                    {
                        var islands = Phold.Run(count, 128, threads, 2) / 1e6;
                        Console.WriteLine($"phold {count} x128 threads {threads}: {islands:0.00}");
                    }

                    var one = Phold.Run(count, count, 1, 2) / 1e6;
                    Console.WriteLine($"phold {count} one island: {one:0.00}");
                }

                return 0;
            default:
                return 2;
        }
    }
}
