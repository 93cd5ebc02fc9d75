"""Makes the training steps of the benchmark network with PyTorch, eagerly, on one thread."""

import torch

from peers import gaussians, report

ROWS, WIDTH, HIDDEN, CLASSES = 1 << 15, 64, 128, 2

torch.set_num_threads(1)
torch.manual_seed(1)
features, classes = (torch.from_numpy(array) for array in gaussians(ROWS, WIDTH))
for batch_size in (64, 1024):
    network = torch.nn.Sequential(
        torch.nn.Linear(WIDTH, HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, CLASSES)
    )
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=0.01)

    def epoch():
        for places in torch.randperm(ROWS).split(batch_size):
            optimizer.zero_grad()
            scores = network(features[places])
            torch.nn.functional.cross_entropy(scores, classes[places]).backward()
            optimizer.step()

    steps = ROWS // batch_size
    report(f"network/step-{batch_size}", "us", "TORCH", epoch, 1e6 / steps, warmups=3, rounds=7)
